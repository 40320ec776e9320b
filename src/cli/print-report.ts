import type { Severity } from "../engine/rule.ts";
import type { Disk } from "../node/disk.ts";
import { compact } from "../report/compact.ts";
import type { Extras, Format } from "../report/format.ts";
import { json } from "../report/json.ts";
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
}

/** Formats are loaded here, each when it is asked for: a plain run has no use for the others. */
const LOADED: Readonly<Record<Exclude<FormatName, "pretty">, () => Promise<Format>>> = {
  compact: async () => compact,
  json: async () => json,
  sarif: async () => (await import("../report/sarif.ts")).sarif,
  github: async () => (await import("../report/github.ts")).github,
  gitlab: async () => (await import("../report/gitlab.ts")).gitlab,
  junit: async () => (await import("../report/junit.ts")).junit,
  checkstyle: async () => (await import("../report/checkstyle.ts")).checkstyle,
  markdown: async () => (await import("../report/markdown.ts")).markdown,
  html: async () => (await import("../report/html.ts")).html,
};

/** They print nothing of what a rule says about itself. */
const PLAIN: ReadonlySet<FormatName> = new Set(["compact", "json"]);

export async function printReport(
  name: FormatName,
  linted: LintedAll,
  options: PrintOptions,
): Promise<string> {
  if (name === "pretty") return printPretty(linted, options);
  const { report, clusters, settings } = linted;
  const { disk, failing } = options;
  const extras: Extras = {
    line: (path, line) => lineOf(disk, path, line),
    rules: PLAIN.has(name) ? [] : (await import("../rules/index.ts")).rules,
    settings,
    fails: (severity) => failing.includes(severity),
    overviews: name === "html" ? clusters.map((await import("../api/overview.ts")).overviewOf) : [],
  };
  return (await LOADED[name]())(report, extras);
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
