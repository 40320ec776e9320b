import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { lintFiles } from "../api/lint.ts";
import type { Report } from "../engine/report.ts";
import { SEVERITIES } from "../engine/rule.ts";
import { UserError } from "../node/problem.ts";
import { compact } from "../report/compact.ts";
import { json } from "../report/json.ts";
import { rules } from "../rules/index.ts";
import { lineMap } from "../text/lines.ts";
import { type Args, flag, list, text } from "./args.ts";
import { readInput, type ServerInput } from "./input.ts";
import { type ExitCode, type Io, wantsColor, wantsUnicode } from "./io.ts";

const FORMATS = ["pretty", "compact", "json"];

export async function check(args: Args, io: Io): Promise<ExitCode> {
  const outputs = formatsOf(args);
  const inputs = readInput(args, io);
  let settings = 0;
  const reports = inputs.map(({ files, silent, target }) => {
    const { report, checked } = lintFiles(files, { target });
    settings += checked.settings;
    return silent.length === 0 ? report : without(report, silent);
  });
  const report = merge(reports);
  for (const { format, file } of outputs) {
    const color = file === undefined && wantsColor(io, flag(args, "color"));
    const printed = await print(format, report, inputs, { color, unicode: wantsUnicode(io), settings });
    if (file === undefined) io.stdout(printed);
    else save(resolve(io.cwd, file), printed);
  }
  return fails(report, text(args, "fail-on") ?? "error") ? 1 : 0;
}

function save(file: string, printed: string): void {
  try {
    writeFileSync(file, printed);
  } catch (error) {
    throw new UserError(
      `${file}: cannot be written (${error instanceof Error ? error.message : "unknown error"})`,
    );
  }
}

function formatsOf(args: Args): { format: string; file?: string }[] {
  const wanted = list(args, "format");
  return (wanted.length > 0 ? wanted : ["pretty"]).map((word) => {
    const [format = "", ...rest] = word.split("=");
    if (!FORMATS.includes(format))
      throw new UserError(`--format ${format}: not one of ${FORMATS.join(", ")}`);
    return rest.length > 0 ? { format, file: rest.join("=") } : { format };
  });
}

interface PrintOptions {
  readonly color: boolean;
  readonly unicode: boolean;
  readonly settings: number;
}

async function print(
  format: string,
  report: Report,
  inputs: readonly ServerInput[],
  options: PrintOptions,
): Promise<string> {
  if (format === "json") return json(report);
  if (format === "compact") return compact(report);
  // Loaded here, as no other format needs colours and code frames.
  const { pretty } = await import("../report/pretty.ts");
  const { summary } = await import("../report/summary.ts");
  const findings = pretty(report, { ...options, line: (path, line) => lineOf(inputs, path, line) });
  const last = summary(report, { settings: options.settings, rules: rules.length });
  return findings === "" ? last : `${findings}\n${last}`;
}

function lineOf(inputs: readonly ServerInput[], path: string, line: number): string | undefined {
  for (const { files } of inputs) {
    const source = files.read(path);
    if (typeof source === "string") continue;
    const { start, end } = lineMap(source).spanOfLine(line);
    return source.text.slice(start, end);
  }
  return undefined;
}

/** The report without the files that were only read to judge the others. */
function without(report: Report, silent: readonly string[]): Report {
  return counted({
    ...report,
    files: report.files.filter(({ path }) => !silent.includes(path)),
    findings: report.findings.filter(({ path }) => !silent.includes(path)),
  });
}

function counted(report: Report): Report {
  const [error = 0, warning = 0, info = 0] = SEVERITIES.map(
    (severity) => report.findings.filter((finding) => finding.severity === severity).length,
  );
  return { ...report, summary: { error, warning, info } };
}

/** One report of several servers; where their releases differ, the target names them all. */
function merge(reports: readonly Report[]): Report {
  const [first, ...others] = reports;
  if (!first) throw new UserError("nothing to check");
  if (others.length === 0) return first;
  return counted({
    ...first,
    target: { ...mergeTargets(reports, "postgres"), ...mergeTargets(reports, "pgbouncer") },
    files: reports.flatMap(({ files }) => files),
    findings: reports.flatMap(({ findings }) => findings),
  });
}

function mergeTargets(reports: readonly Report[], server: "postgres" | "pgbouncer"): Report["target"] {
  const targets = reports.flatMap(({ target }) => target[server] ?? []);
  const all = (key: "version" | "from") => [...new Set(targets.map((target) => target[key]))].join(", ");
  return targets.length === 0 ? {} : { [server]: { version: all("version"), from: all("from") } };
}

function fails({ summary }: Report, least: string): boolean {
  const { error, warning, info } = summary;
  if (least === "never") return false;
  return error > 0 || (least !== "error" && warning > 0) || (least === "info" && info > 0);
}
