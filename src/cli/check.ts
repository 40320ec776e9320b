import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Report } from "../engine/report.ts";
import type { Config } from "../node/config.ts";
import type { Disk } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { systemWords } from "../node/system-words.ts";
import { compact } from "../report/compact.ts";
import { json } from "../report/json.ts";
import { rules } from "../rules/index.ts";
import { lineMap } from "../text/lines.ts";
import { type Args, flag, list, text } from "./args.ts";
import { withBaseline } from "./baseline.ts";
import { circumstances } from "./circumstances.ts";
import { type Input, readInput } from "./input.ts";
import { type ExitCode, type Io, wantsColor, wantsUnicode } from "./io.ts";
import { type Linted, lintAll } from "./lint-all.ts";
import { startTiming } from "./timing.ts";

const FORMATS = ["pretty", "compact", "json"];

export async function check(args: Args, io: Io): Promise<ExitCode> {
  const outputs = formatsOf(args);
  const { input, report, settings } = await judge(args, io);
  for (const { format, file } of outputs) {
    const color = file === undefined && wantsColor(io, flag(args, "color"));
    const printed = await print(format, report, {
      color,
      unicode: wantsUnicode(io),
      settings,
      disk: input.disk,
    });
    if (file === undefined) io.stdout(printed);
    else save(file, resolve(io.cwd, file), printed);
  }
  return fails(report, failOn(args, input.config)) ? 1 : 0;
}

/** What there is to say; after --fix, what is left of it. */
async function judge(args: Args, io: Io): Promise<Linted & { readonly input: Input }> {
  const input = readInput(args, io);
  const timing = flag(args, "timing") ? startTiming() : undefined;
  const around = await circumstances(args, input.config);
  const lint = (now: Input): Linted => {
    const { report, settings } = lintAll(now, around, timing?.timer);
    const text = (path: string, line: number) => lineOf(now.disk, path, line);
    return { report: withBaseline(report, args, now.config, io, text), settings };
  };
  const judged = wantsFixes(args)
    ? (await import("./fix.ts")).fix(input, args, io, lint)
    : { input, ...lint(input) };
  timing?.print(io);
  return judged;
}

const wantsFixes = (args: Args): boolean => text(args, "fix") !== undefined || (flag(args, "diff") ?? false);

function save(name: string, file: string, printed: string): void {
  try {
    writeFileSync(file, printed);
  } catch (error) {
    throw new UserError(`${name || '""'}: cannot be written: ${systemWords(error)}`);
  }
}

function formatsOf(args: Args): { format: string; file?: string }[] {
  const wanted = list(args, "format");
  // The difference has standard output for itself.
  const usual = flag(args, "diff") ? [] : ["pretty"];
  return (wanted.length > 0 ? wanted : usual).map((word) => {
    const [format = "", ...rest] = word.split("=");
    if (!FORMATS.includes(format))
      throw new UserError(`--format ${format}: not one of ${FORMATS.join(", ")}`);
    if (rest.length > 0) return { format, file: rest.join("=") };
    if (flag(args, "diff"))
      throw new UserError(`--diff and --format ${format} both want standard output; say ${format}=FILE`);
    return { format };
  });
}

interface PrintOptions {
  readonly color: boolean;
  readonly unicode: boolean;
  readonly settings: number;
  readonly disk: Disk;
}

async function print(format: string, report: Report, options: PrintOptions): Promise<string> {
  if (format === "json") return json(report);
  if (format === "compact") return compact(report);
  const { color, unicode, settings, disk } = options;
  // Loaded here, as no other format needs code frames, nor one without colour chalk.
  const { pretty } = await import("../report/pretty.ts");
  const { summary } = await import("../report/summary.ts");
  const paint = color ? (await import("../report/paint.ts")).colors() : undefined;
  const findings = pretty(report, { unicode, paint, line: (path, line) => lineOf(disk, path, line) });
  const last = summary(report, { settings, rules: rules.length });
  return findings === "" ? last : `${findings}\n${last}`;
}

function lineOf(disk: Disk, path: string, line: number): string | undefined {
  const source = disk.read(path);
  if (typeof source === "string") return undefined;
  const { start, end } = lineMap(source).spanOfLine(line);
  return source.text.slice(start, end);
}

interface Limits {
  readonly least: string;
  readonly maxWarnings: number | undefined;
}

function failOn(args: Args, config: Config | undefined): Limits {
  const warnings = text(args, "max-warnings");
  if (warnings !== undefined && !/^\d+$/.test(warnings))
    throw new UserError(`--max-warnings ${warnings}: not a number`);
  return {
    least: text(args, "fail-on") ?? config?.failOn ?? "error",
    maxWarnings: warnings === undefined ? config?.maxWarnings : Number(warnings),
  };
}

function fails({ summary }: Report, { least, maxWarnings }: Limits): boolean {
  const { error, warning, info } = summary;
  if (maxWarnings !== undefined && warning > maxWarnings) return true;
  if (least === "never") return false;
  return error > 0 || (least !== "error" && warning > 0) || (least === "info" && info > 0);
}
