import { SEVERITIES } from "../../engine/rule.ts";
import { FACTS, type Host } from "../../host/facts.ts";
import type { Config } from "../../node/config.ts";
import { NothingFound } from "../../node/discover.ts";
import { fromWhere } from "../../report/summary.ts";
import type { Args } from "../args.ts";
import { type Circumstances, circumstances } from "../circumstances.ts";
import { dataDirectoryOf, type Input, inputWith } from "../input.ts";
import type { Io } from "../io.ts";
import { type LintedAll, lintAll } from "../lint-all.ts";
import { INIT_HOST } from "../options.ts";
import { rulebookFor } from "../rulebook.ts";
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
  const input = inputIn(args, io);
  if (!input) return { files: [], host: {} };
  const { report } = await linted(input);
  const { postgres, pgbouncer, host = {} } = report.target;
  return {
    files: report.files.map(({ path }) => path),
    ...(postgres && { postgres: release(postgres) }),
    ...(pgbouncer && { pgbouncer: release(pgbouncer) }),
    host: { ...(await hostHere(input)), ...hostOf(host, false) },
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
  const input = inputWith(config, args, { ...io, stderr: () => {} });
  const { findings } = (await linted(input, await circumstances(args, config))).report;
  const severities: readonly string[] = SEVERITIES;
  const least = severities.indexOf(config.failOn ?? "error");
  const failing = findings.filter(({ severity }) => severities.indexOf(severity) <= least);
  return { all: findings.length, failing: failing.length };
}

/** In an empty working directory there is nothing to lint yet, and that is no mistake. */
function inputIn(args: Args, io: Io): Input | undefined {
  try {
    return inputWith(undefined, args, io);
  } catch (error) {
    if (args.paths.length === 0 && error instanceof NothingFound) return undefined;
    throw error;
  }
}

const linted = async (input: Input, around: Partial<Circumstances> = {}): Promise<LintedAll> =>
  lintAll(input, { ...around, rulebook: await rulebookFor(input, around.config ?? {}) });

/** A server that lives here has this machine; a copy of its files in a repository has not. */
async function hostHere(input: Input): Promise<Seen["host"]> {
  const data = dataDirectoryOf(input);
  if (data === undefined || !input.disk.has(`${data}/global/pg_control`)) return {};
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
