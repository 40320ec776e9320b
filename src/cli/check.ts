import { TOOL } from "../api/tool.ts";
import { resolveTarget } from "../cluster/target.ts";
import type { Report } from "../engine/report.ts";
import { SEVERITIES, type Severity } from "../engine/rule.ts";
import type { Config } from "../node/config.ts";
import { UserError } from "../node/problem.ts";
import { printable } from "../report/printable.ts";
import { Tally } from "../report/tally.ts";
import { redact } from "../text/redact.ts";
import { type Args, flag, text } from "./args.ts";
import { openBaseline } from "./baseline.ts";
import { circumstances } from "./circumstances.ts";
import { hints } from "./hints.ts";
import { dataDirectoryOf, onlyPrimary, type Plan, planInput, tellRefused } from "./input.ts";
import { type ExitCode, type Io, say, trace } from "./io.ts";
import { inThreads } from "./jobs.ts";
import {
  isJudged,
  type JudgeOptions,
  judgeAll,
  type NotJudged,
  type Outcome,
  serverJudge,
} from "./judge-all.ts";
import { FORMATS } from "./options.ts";
import { outputsOf } from "./outputs.ts";
import { startProgress } from "./progress.ts";
import { openReports } from "./reports.ts";
import { startTiming } from "./timing.ts";

export async function check(args: Args, io: Io): Promise<ExitCode> {
  // The difference has standard output for itself.
  const outputs = outputsOf(args, FORMATS, flag(args, "diff") ? [] : ["pretty"]);
  knownTarget(args);
  const plan = planInput(args, io);
  const limits = failOn(args, plan.config);
  const timing = flag(args, "timing") ? startTiming() : undefined;
  const options: JudgeOptions = {
    args,
    around: await circumstances(args, plan.config, dataDirectoryOf(plan)),
    primary: onlyPrimary(plan.servers),
    timer: timing?.timer,
    overviews: outputs.some(({ format }) => format === "html"),
  };
  const outcomes = wantsFixes(args)
    ? (await import("./fix.ts")).fixed(plan, options, io)
    : judged(plan, options, io);
  const progress = startProgress(plan.servers.length, io);
  const reports = await openReports(outputs, args, io, progress.clear);
  const tally = new Tally();
  const refused = new Set<string>();
  let bugs = 0;
  for await (const outcome of outcomes) {
    if (isJudged(outcome)) {
      tally.add(outcome.name, outcome.report, outcome.settings);
      for (const path of outcome.refused ?? []) refused.add(path);
    } else {
      tally.addNotChecked();
      if (outcome.bug) bugs++;
      // A run about one server ends as any other command does.
      if (outcome.error && plan.servers.length === 1) throw outcome.error;
      progress.clear();
      complain(outcome, io);
    }
    reports.add(outcome);
    progress.step(tally.servers, tally.summary);
    if (reports.areUnwanted()) break;
  }
  timing?.print(io);
  for (const path of plan.disk.refused) refused.add(path);
  if (refused.size > 0) progress.clear();
  tellRefused(refused, io);
  const tallied = tally.result();
  const failing = failingIn(tallied.totals.summary, limits);
  if (tallied.servers === 0 || tallied.servers > tallied.notChecked) await reports.end({ tallied, failing });
  progress.end(tallied.servers);
  if (io.isTerminal() && !io.env.CI) for (const hint of hints(tallied, outputs)) say(io, hint);
  if (bugs > 0) return 3;
  if (tallied.notChecked + plan.skipped > 0) return 2;
  return failing.some((severity) => tallied.totals.summary[severity] > 0) ? 1 : 0;
}

/** All that there is to say, less what the baseline knows. */
async function* judged(plan: Plan, options: JudgeOptions, io: Io): AsyncGenerator<Outcome> {
  const baseline = openBaseline(options.args, plan.config, io);
  const here = serverJudge(plan, options);
  for await (const outcome of judgeAll(plan, here, await inThreads(plan, options, io)))
    yield baseline && isJudged(outcome) ? baseline.apply(outcome) : outcome;
  baseline?.finish();
}

/** A release that nobody knows is a slip in the command line, and not to be told once for each server. */
function knownTarget(args: Args): void {
  const postgres = text(args, "postgres");
  const pgbouncer = text(args, "pgbouncer");
  resolveTarget(
    { ...(postgres !== undefined && { postgres }), ...(pgbouncer !== undefined && { pgbouncer }) },
    {},
  );
}

function complain({ name, problem, bug, error }: NotJudged, io: Io): void {
  if (!bug) {
    say(io, problem);
    return;
  }
  const line = `${name}: ${problem}; this is a bug, please report it`;
  io.stderr(`pgconflint ${TOOL.version}: ${printable(redact(line))}\n`);
  if (error) trace(error, io);
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
function failingIn(summary: Report["summary"], { least, maxWarnings }: Limits): readonly Severity[] {
  const tooMany = maxWarnings !== undefined && summary.warning > maxWarnings;
  const severities: readonly string[] = SEVERITIES;
  const last = severities.indexOf(least);
  return SEVERITIES.filter((severity, index) => index <= last || (severity === "warning" && tooMany));
}
