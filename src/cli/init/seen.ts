import type { Report } from "../../engine/report.ts";
import { SEVERITIES } from "../../engine/rule.ts";
import { FACTS, type Host } from "../../host/facts.ts";
import type { Config } from "../../node/config.ts";
import { NothingFound } from "../../node/discover.ts";
import { UserError } from "../../node/problem.ts";
import { mergeReports } from "../../report/select.ts";
import { fromWhere } from "../../report/summary.ts";
import type { Args } from "../args.ts";
import { type Circumstances, circumstances } from "../circumstances.ts";
import { dataDirectoryOf, onlyPrimary, type Plan, planWith } from "../input.ts";
import type { Io } from "../io.ts";
import { isJudged, judgeAll, serverJudge } from "../judge-all.ts";
import { INIT_HOST } from "../options.ts";
import type { Usual } from "./questions.ts";

/** What the files tell by themselves. */
export interface Seen {
  readonly files: readonly string[];
  readonly postgres?: Release;
  readonly pgbouncer?: Release;
  readonly host: Readonly<Partial<Record<(typeof INIT_HOST)[number], Usual>>>;
}

interface Release {
  readonly version: string;
  /** In words, such as "from PG_VERSION". */
  readonly from: string;
}

export async function look(args: Args, io: Io): Promise<Seen> {
  const plan = planHere(args, io);
  const report = plan && (await reportOn(plan, args));
  if (!report) return { files: [], host: {} };
  const { postgres, pgbouncer, host = {} } = report.target;
  return {
    files: report.files.map(({ path }) => path),
    ...(postgres && { postgres: release(postgres) }),
    ...(pgbouncer && { pgbouncer: release(pgbouncer) }),
    host: { ...(await hostHere(plan)), ...hostOf(host, false) },
  };
}

const release = ({ version, from }: Release): Release => ({
  version,
  from: from === "default" ? "the newest" : fromWhere(from),
});

/** How many findings there are, and how many of them fail a run. */
export interface Today {
  readonly all: number;
  readonly failing: number;
}

/** What `check` would find today with that pgconflint.ini. */
export async function today(seen: Seen, config: Config, args: Args, io: Io): Promise<Today> {
  if (seen.files.length === 0) return { all: 0, failing: 0 };
  // What it says of directories that cannot be read has been said.
  const plan = planWith(config, args, { ...io, stderr: () => {} });
  const { findings = [] } = (await reportOn(plan, args, await circumstances(args, config))) ?? {};
  const severities: readonly string[] = SEVERITIES;
  const least = severities.indexOf(config.failOn ?? "error");
  const failing = findings.filter(({ severity }) => severities.indexOf(severity) <= least);
  return { all: findings.length, failing: failing.length };
}

/** In an empty working directory there is nothing to lint yet, and that is no mistake. */
function planHere(args: Args, io: Io): Plan | undefined {
  try {
    return planWith(undefined, args, io);
  } catch (error) {
    if (args.paths.length === 0 && error instanceof NothingFound) return undefined;
    throw error;
  }
}

/** Undefined where there is no server. */
async function reportOn(plan: Plan, args: Args, around: Circumstances = {}): Promise<Report | undefined> {
  const judge = serverJudge(plan, { args, around, primary: onlyPrimary(plan.servers), overviews: false });
  const reports: Report[] = [];
  for await (const outcome of judgeAll(plan, judge)) {
    if (!isJudged(outcome)) throw new UserError(outcome.problem);
    reports.push(outcome.report);
  }
  return reports.length > 0 ? mergeReports(reports) : undefined;
}

/** A server that lives here has this machine; a copy of its files in a repository has not. */
async function hostHere(plan: Plan): Promise<Seen["host"]> {
  const data = dataDirectoryOf(plan);
  if (data === undefined || !plan.disk.has(`${data}/global/pg_control`)) return {};
  const { detectHost, thisMachine } = await import("../../node/host/detect.ts");
  return hostOf(detectHost(thisMachine, data).known, true);
}

/** `isMissing`: it stands in no file, and so it has to go into pgconflint.ini. */
function hostOf(host: Host, isMissing: boolean): Seen["host"] {
  const facts = INIT_HOST.flatMap((name) => {
    const fact = host[name];
    if (!fact) return [];
    const kind: { show(value: unknown): string; write(value: unknown): string } = FACTS[name];
    const words = `${kind.show(fact.value)}, ${isMissing ? "this machine's" : fromWhere(fact.from)}`;
    return [[name, { words, ...(isMissing && { value: kind.write(fact.value) }) }]];
  });
  return Object.fromEntries(facts);
}
