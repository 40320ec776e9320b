import { writeFileSync } from "node:fs";
import { dirname, relative, resolve } from "node:path";
import type { Finding } from "../engine/report.ts";
import type { Config } from "../node/config.ts";
import { readRegularFile } from "../node/disk.ts";
import { fenceFor, mustNotLeadOut } from "../node/fence.ts";
import { UserError } from "../node/problem.ts";
import { systemWords } from "../node/system-words.ts";
import { cleanLines } from "../report/clean-lines.ts";
import { jsonText } from "../report/json-text.ts";
import { counted } from "../report/select.ts";
import { type Args, flag, text } from "./args.ts";
import { type Io, say } from "./io.ts";
import type { Judged } from "./judge.ts";

/** A finding that is known, however its line moves. */
interface Known {
  readonly path: string;
  readonly rule: string;
  readonly setting?: string;
  readonly value: string;
}

/** What is known is taken from each server's report; `finish` saves it where that was asked for. */
export interface Baseline {
  apply(judged: Judged): Judged;
  finish(): void;
}

/** Undefined without a baseline; with --update-baseline, it becomes what the reports have. */
export function openBaseline(args: Args, config: Config | undefined, io: Io): Baseline | undefined {
  const file = fileOf(args, config, io);
  const update = flag(args, "update-baseline") ?? false;
  if (file === undefined) {
    if (update) throw new UserError("--update-baseline: say --baseline FILE, or baseline = FILE in [check]");
    return undefined;
  }
  const home = dirname(file.path);
  // As seen from the baseline, wherever the run starts.
  const toHome = (path: string) => relative(home, resolve(io.cwd, path));
  return update ? recorder(file, toHome, io) : filter(load(file.name, file.path), toHome);
}

function recorder(file: { name: string; path: string }, toHome: (path: string) => string, io: Io): Baseline {
  const all: Known[] = [];
  return {
    apply(judged) {
      const found = knownIn(judged, toHome);
      for (const known of found) all.push(known);
      return without(judged, judged.report.findings);
    },
    finish() {
      mustNotLeadOut(file.path, io.cwd);
      save(file.name, file.path, all);
      say(io, `${file.name}: ${all.length} finding${all.length === 1 ? "" : "s"} recorded`);
    },
  };
}

/** As often as it was known, and no more often. */
function filter(baseline: readonly Known[], toHome: (path: string) => string): Baseline {
  const left = new Map<string, number>();
  for (const known of baseline) left.set(keyOf(known), (left.get(keyOf(known)) ?? 0) + 1);
  const isKnown = (known: Known | undefined): boolean => {
    const key = known ? keyOf(known) : "";
    const times = left.get(key) ?? 0;
    if (times > 0) left.set(key, times - 1);
    return times > 0;
  };
  return {
    apply(judged) {
      const found = knownIn(judged, toHome);
      return without(
        judged,
        judged.report.findings.filter((_finding, index) => isKnown(found[index])),
      );
    },
    finish() {},
  };
}

function without(judged: Judged, known: readonly Finding[]): Judged {
  const { report } = judged;
  const gone = new Set(known);
  const findings = report.findings.filter((finding) => !gone.has(finding));
  return { ...judged, report: counted({ ...report, findings, suppressed: report.suppressed + gone.size }) };
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

function knownIn({ report, lines }: Judged, toHome: (path: string) => string): Known[] {
  const lineOf = cleanLines(report, (path, line) => lines.get(path)?.get(line));
  return report.findings.map(({ path, rule, setting, current, line }) => ({
    path: toHome(path),
    rule,
    ...(setting !== undefined && { setting }),
    value: current ?? lineOf(path, line)?.clean.trim() ?? "",
  }));
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
