import type { Report } from "../engine/report.ts";
import type { Severity } from "../engine/rule.ts";
import type { Disk } from "../node/disk.ts";
import { pathInRepository, repositoryOf } from "../node/repository.ts";
import { compact } from "../report/compact.ts";
import type { Extras, Format } from "../report/format.ts";
import { json } from "../report/json.ts";
import { renamed } from "../report/renamed.ts";
import { ruleIds } from "../rules/ids.ts";
import { lineMap } from "../text/lines.ts";
import type { LintedAll } from "./lint-all.ts";
import type { FORMATS } from "./options.ts";

export type FormatName = (typeof FORMATS)[number];

interface PrintOptions {
  readonly color: boolean;
  readonly unicode: boolean;
  /** The severities that fail the run. */
  readonly failing: readonly Severity[];
  readonly disk: Disk;
  readonly cwd: string;
}

/** Formats are loaded here, each when it is asked for: a plain run has no use for the others. */
const LOADED: Readonly<Record<Exclude<FormatName, "pretty">, () => Promise<Format>>> = {
  compact: async () => compact,
  json: async () => json,
  sarif: async () => (await import("../report/sarif.ts")).sarif,
  github: async () => (await import("../report/github.ts")).github,
  azure: async () => (await import("../report/azure.ts")).azure,
  gitlab: async () => (await import("../report/gitlab.ts")).gitlab,
  junit: async () => (await import("../report/junit.ts")).junit,
  checkstyle: async () => (await import("../report/checkstyle.ts")).checkstyle,
  markdown: async () => (await import("../report/markdown.ts")).markdown,
  html: async () => (await import("../report/html.ts")).html,
};

/** They are read by services that know files by their place in the repository, wherever a run starts. */
const OF_REPOSITORY: ReadonlySet<FormatName> = new Set([
  "sarif",
  "github",
  "azure",
  "gitlab",
  "junit",
  "checkstyle",
  "markdown",
]);

/** They print nothing of what a rule says about itself. */
const PLAIN: ReadonlySet<FormatName> = new Set(["compact", "json"]);

export async function printReport(
  name: FormatName,
  linted: LintedAll,
  options: PrintOptions,
): Promise<string> {
  if (name === "pretty") return printPretty(linted, options);
  const { clusters, settings } = linted;
  const { disk, failing, cwd } = options;
  const { report, pathOf } = OF_REPOSITORY.has(name)
    ? inRepository(linted.report, cwd)
    : { report: linted.report, pathOf: (path: string) => path };
  const extras: Extras = {
    line: (path, line) => lineOf(disk, pathOf(path), line),
    rules: PLAIN.has(name) ? [] : (await import("../rules/index.ts")).rules,
    settings,
    fails: (severity) => failing.includes(severity),
    overviews: name === "html" ? clusters.map((await import("../api/overview.ts")).overviewOf) : [],
  };
  return (await LOADED[name]())(report, extras);
}

/** The report with its files named from the repository's root; `pathOf` leads back to how the user named them. */
function inRepository(report: Report, cwd: string) {
  const repository = repositoryOf(cwd);
  const given = new Map<string, string>();
  const pathOf = (path: string): string => given.get(path) ?? path;
  if (repository === undefined) return { report, pathOf };
  const name = (path: string) => {
    const inside = pathInRepository(path, cwd, repository);
    given.set(inside, path);
    return inside;
  };
  return { report: renamed(report, name), pathOf };
}

async function printPretty(
  { report, settings }: LintedAll,
  { color, unicode, disk }: PrintOptions,
): Promise<string> {
  const { pretty } = await import("../report/pretty.ts");
  const { summary } = await import("../report/summary.ts");
  const paint = color ? (await import("../report/paint.ts")).colors() : undefined;
  const findings = pretty(report, { unicode, paint, line: (path, line) => lineOf(disk, path, line) });
  const last = summary(report, { settings, rules: ruleIds.length });
  return findings === "" ? last : `${findings}\n${last}`;
}

export function lineOf(disk: Disk, path: string, line: number): string | undefined {
  const source = disk.read(path);
  if (typeof source === "string") return undefined;
  const { start, end } = lineMap(source).spanOfLine(line);
  return source.text.slice(start, end);
}
