import { writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Finding, Report } from "../engine/report.ts";
import type { Config } from "../node/config.ts";
import { readRegularFile } from "../node/disk.ts";
import { fenceFor, mustNotLeadOut } from "../node/fence.ts";
import { UserError } from "../node/problem.ts";
import { systemWords } from "../node/system-words.ts";
import { cleanLines, type LineOf } from "../report/clean-lines.ts";
import { jsonText } from "../report/json-text.ts";
import { counted } from "../report/select.ts";
import { type Args, flag, text } from "./args.ts";
import { type Io, say } from "./io.ts";

/** A finding that is known, however its line moves. */
interface Known {
  readonly path: string;
  readonly rule: string;
  readonly setting?: string;
  readonly value: string;
}

/** The report without what the baseline knows; with --update-baseline, the baseline becomes what the report has. */
export function withBaseline(
  report: Report,
  args: Args,
  config: Config | undefined,
  io: Io,
  line: (path: string, line: number) => string | undefined,
): Report {
  const file = fileOf(args, config, io);
  const update = flag(args, "update-baseline") ?? false;
  if (file === undefined) {
    if (update) throw new UserError("--update-baseline: say --baseline FILE, or baseline = FILE in [check]");
    return report;
  }
  const home = dirname(file.path);
  const lineOf = cleanLines(report, line);
  const all = report.findings.map((finding) => ({
    ...knownOf(finding, lineOf),
    // As seen from the baseline, wherever the run starts.
    path: relative(home, resolve(io.cwd, finding.path)),
  }));
  if (update) {
    mustNotLeadOut(file.path, io.cwd);
    save(file.name, file.path, all);
    say(io, `${file.name}: ${all.length} finding${all.length === 1 ? "" : "s"} recorded`);
    return counted({ ...report, findings: [], suppressed: report.suppressed + all.length });
  }
  // As often as it was known, and no more often.
  const left = new Map<string, number>();
  for (const known of load(file.name, file.path)) left.set(keyOf(known), (left.get(keyOf(known)) ?? 0) + 1);
  const findings = report.findings.filter((_finding, index) => {
    const known = all[index];
    const key = known ? keyOf(known) : "";
    const times = left.get(key) ?? 0;
    left.set(key, times - 1);
    return times <= 0;
  });
  const suppressed = report.suppressed + report.findings.length - findings.length;
  return counted({ ...report, findings, suppressed });
}

function fileOf(args: Args, config: Config | undefined, io: Io): { name: string; path: string } | undefined {
  const asked = text(args, "baseline");
  if (asked !== undefined) return { name: asked, path: resolve(io.cwd, asked) };
  if (config?.baseline === undefined) return undefined;
  const path = resolve(io.cwd, dirname(config.path), config.baseline);
  // It is written to, and whoever writes pgconflint.ini may be somebody else.
  if (fenceFor([config.path], { cwd: io.cwd })?.isInside(path) === false)
    throw new UserError(
      `${config.path}: baseline = ${config.baseline} leads out of the repository; name it with --baseline`,
    );
  return { name: config.baseline, path };
}

function knownOf({ path, rule, setting, current, line }: Finding, lineOf: LineOf): Known {
  const value = current ?? lineOf(path, line)?.clean.trim() ?? "";
  return { path, rule, ...(setting !== undefined && { setting }), value };
}

const keyOf = ({ path, rule, setting = "", value }: Known) => [path, rule, setting, value].join("\0");

function save(name: string, path: string, findings: readonly Known[]): void {
  try {
    writeFileSync(path, jsonText({ schema: 1, findings }));
  } catch (error) {
    throw new UserError(`${name}: cannot be written: ${systemWords(error)}`);
  }
}

function load(name: string, path: string): readonly Known[] {
  const bytes = readRegularFile(path);
  if (typeof bytes === "string") throw new UserError(`${name}: ${bytes}; --update-baseline writes it`);
  const known = parsed(new TextDecoder().decode(bytes));
  if (!known)
    throw new UserError(`${name}: not a baseline of pgconflint; --update-baseline writes a new one`);
  return known;
}

function parsed(text: string): readonly Known[] | undefined {
  try {
    const data: unknown = JSON.parse(text);
    const findings = isObject(data) && data.schema === 1 ? data.findings : undefined;
    return Array.isArray(findings) && findings.every(isKnown) ? findings : undefined;
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

const isKnown = (value: unknown): value is Known =>
  isObject(value) &&
  ["path", "rule", "value"].every((key) => typeof value[key] === "string") &&
  ["string", "undefined"].includes(typeof value.setting);
