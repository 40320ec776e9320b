import { readFileSync } from "node:fs";
import { tune } from "../../src/index.ts";
import { BenchError } from "./error.ts";
import type { DeclaredHost } from "./host.ts";
import { type Kind, pgtune } from "./pgtune.ts";

/** One configuration that takes part: its values for each kind of workload, on top of what initdb writes. */
export interface Configuration {
  readonly name: string;
  readonly settings: Readonly<Record<Kind, ReadonlyMap<string, string>>>;
}

const KINDS: readonly Kind[] = ["web", "oltp", "dw"];

const perKind = (name: string, values: (kind: Kind) => ReadonlyMap<string, string>): Configuration => ({
  name,
  settings: { web: values("web"), oltp: values("oltp"), dw: values("dw") },
});

/** `default`, `PGTune`, `pgconflint`, and those of the files that were named as NAME=FILE. */
export function configurations(
  major: number,
  host: DeclaredHost,
  connections: Readonly<Record<Kind, number>>,
  files: readonly string[],
): Configuration[] {
  return [
    perKind("default", () => new Map()),
    perKind("PGTune", (kind) => pgtune(host, kind, connections[kind])),
    perKind("pgconflint", (kind) => {
      const target = { postgres: String(major) };
      const { settings } = tune({ host, workload: kind, target, connections: connections[kind] });
      return new Map(settings.map(({ name, value }) => [name, value]));
    }),
    ...files.map(fromFile),
  ];
}

/** Lines of `name = value`. A line that starts with `[web]`, `[oltp]` or `[dw]` begins what counts for that kind only. */
function fromFile(argument: string): Configuration {
  const [, name, path] = /^([^=]+)=(.+)$/.exec(argument) ?? [];
  if (!name || !path) throw new BenchError(`--also ${argument}: write it as NAME=FILE`);
  const settings = new Map(KINDS.map((kind) => [kind, new Map<string, string>()]));
  let kinds = KINDS;
  for (const line of readFileSync(path, "utf8").split("\n")) {
    const section = /^\[(\w+)\]/.exec(line)?.[1];
    if (section) kinds = KINDS.filter((kind) => kind === section);
    const [, setting, value] = /^\s*(\w+)\s*=\s*([^#]*)/.exec(line) ?? [];
    if (setting && value) for (const kind of kinds) settings.get(kind)?.set(setting, value.trim());
  }
  return perKind(name, (kind) => settings.get(kind) ?? new Map());
}
