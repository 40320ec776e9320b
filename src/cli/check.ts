import type { Report } from "../engine/report.ts";
import { SEVERITIES, type Severity } from "../engine/rule.ts";
import type { Config } from "../node/config.ts";
import { UserError } from "../node/problem.ts";
import { type Args, flag, text } from "./args.ts";
import { withBaseline } from "./baseline.ts";
import { circumstances } from "./circumstances.ts";
import { dataDirectoryOf, type Input, readInput, tellRefused } from "./input.ts";
import { type ExitCode, type Io, wantsColor, wantsUnicode } from "./io.ts";
import { type LintedAll, lintAll } from "./lint-all.ts";
import { FORMATS } from "./options.ts";
import { outputsOf, print } from "./outputs.ts";
import { lineOf, printReport } from "./print-report.ts";
import { rulebookFor } from "./rulebook.ts";
import { startTiming } from "./timing.ts";

export async function check(args: Args, io: Io): Promise<ExitCode> {
  // The difference has standard output for itself.
  const outputs = outputsOf(args, FORMATS, flag(args, "diff") ? [] : ["pretty"]);
  const input = readInput(args, io);
  const limits = failOn(args, input.config);
  const linted = await judge(input, args, io);
  tellRefused(linted.input, io);
  const failing = failingIn(linted.report, limits);
  for (const output of outputs) {
    const color = output.file === undefined && wantsColor(io, flag(args, "color"));
    const printed = await printReport(output.format, linted, {
      color,
      unicode: wantsUnicode(io),
      failing,
      disk: linted.input.disk,
    });
    print(output, printed, io);
  }
  return linted.report.findings.some(({ severity }) => failing.includes(severity)) ? 1 : 0;
}

/** What there is to say; after --fix, what is left of it. */
async function judge(input: Input, args: Args, io: Io): Promise<LintedAll & { readonly input: Input }> {
  const timing = flag(args, "timing") ? startTiming() : undefined;
  const around = await circumstances(args, input.config, dataDirectoryOf(input));
  const rulebook = await rulebookFor(input, around.config ?? {});
  const lint = (now: Input): LintedAll => {
    const linted = lintAll(now, { ...around, rulebook }, timing?.timer);
    const line = (path: string, number: number) => lineOf(now.disk, path, number);
    return { ...linted, report: withBaseline(linted.report, args, now.config, io, line) };
  };
  const judged = wantsFixes(args)
    ? (await import("./fix.ts")).fix(input, args, io, lint)
    : { input, ...lint(input) };
  timing?.print(io);
  return judged;
}

const wantsFixes = (args: Args): boolean => text(args, "fix") !== undefined || (flag(args, "diff") ?? false);

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

/** The severities of which one finding makes the exit code 1. */
function failingIn({ summary }: Report, { least, maxWarnings }: Limits): readonly Severity[] {
  const tooMany = maxWarnings !== undefined && summary.warning > maxWarnings;
  const severities: readonly string[] = SEVERITIES;
  const last = severities.indexOf(least);
  return SEVERITIES.filter((severity, index) => index <= last || (severity === "warning" && tooMany));
}
