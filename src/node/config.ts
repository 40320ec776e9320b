import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { parse } from "ini";
import schema from "../../docs/pgconflint.schema.json" with { type: "json" };
import { nearestName } from "../catalog/nearest.ts";
import validate from "./config-validator.js";
import { readRegularFile } from "./disk.ts";
import { UserError } from "./problem.ts";

/** What a pgconflint.ini says. */
export interface Config {
  readonly path: string;
  readonly target: { readonly postgres?: string; readonly pgbouncer?: string };
}

const NAME = "pgconflint.ini";

/** The file that was asked for, else the nearest pgconflint.ini from the working directory up to the repository's root. */
export function loadConfig(asked: string | undefined, cwd: string): Config | undefined {
  const path = asked === undefined ? findUpward(cwd) : join(asked.startsWith("/") ? "" : cwd, asked);
  if (path === undefined) return undefined;
  const bytes = readRegularFile(path);
  if (typeof bytes === "string") throw new UserError(`${asked ?? path}: ${bytes}`);
  return parseConfig(asked ?? NAME, new TextDecoder().decode(bytes));
}

function findUpward(cwd: string): string | undefined {
  for (let directory = cwd; ; directory = dirname(directory)) {
    if (existsSync(join(directory, NAME))) return join(directory, NAME);
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory) return undefined;
  }
}

export function parseConfig(path: string, text: string): Config {
  const lines = text.split("\n");
  // `ini` drops these without a word, and no schema would see them.
  const poison = lines.findIndex((line) => /^\s*\[?\s*(?:__proto__|constructor|prototype)\b/.test(line));
  if (poison !== -1) throw new UserError(`${path}:${poison + 1}:1: this name is not allowed`);
  const sections: unknown = parse(text);
  if (!validate(sections)) {
    const [first] = validate.errors ?? [];
    throw new UserError(first ? complaint(path, lines, first) : `${path}: not valid`);
  }
  return { path, target: targetOf(sections) };
}

function targetOf(sections: unknown): Config["target"] {
  const target: unknown = isRecord(sections) ? sections.target : undefined;
  if (!isRecord(target)) return {};
  const { postgres, pgbouncer } = target;
  return {
    ...(typeof postgres === "string" && { postgres }),
    ...(typeof pgbouncer === "string" && { pgbouncer }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

type Problem = NonNullable<typeof validate.errors>[number];

/** One line: what, where, and what to write. */
function complaint(
  path: string,
  lines: readonly string[],
  { instancePath, keyword, params, data }: Problem,
): string {
  const section = instancePath.split("/")[1];
  if (keyword === "additionalProperties") {
    const name = String(params.additionalProperty);
    const known =
      section === undefined
        ? Object.keys(schema.properties)
        : Object.keys(schema.properties.target.properties);
    const near = nearestName(name, known) ?? (known.length === 1 ? known[0] : undefined);
    const advice = near ? `did you mean ${near}?` : `known: ${known.join(", ")}`;
    const what =
      section !== undefined
        ? `key "${name}" in [${section}]`
        : isRecord(isRecord(data) ? data[name] : undefined)
          ? `section [${name}]`
          : `key "${name}"`;
    return `${at(path, lines, name)}: unknown ${what}; ${advice}`;
  }
  const key = instancePath.split("/").at(-1) ?? "";
  const wanted = keyword === "pattern" ? EXAMPLES[key] : "one value";
  return `${at(path, lines, key)}: ${key} = ${String(data)} is not ${wanted ?? "valid"}`;
}

const EXAMPLES: Readonly<Record<string, string>> = {
  postgres: "a release from 10 to 18, such as 16 or 16.4",
  pgbouncer: "a release from 1.15 to 1.25, such as 1.25 or 1.25.2",
};

/** The first line that names the key or section; `ini` keeps no positions. */
function at(path: string, lines: readonly string[], name: string): string {
  const line = lines.findIndex((text) => text.replace(/^\s*\[?\s*/, "").startsWith(name));
  const column = (lines[line]?.indexOf(name) ?? 0) + 1;
  return `${path}:${line + 1}:${column}`;
}
