import type { ServerFiles } from "../node/discover.ts";
import { filesOn } from "../node/disk.ts";
import type { Args } from "./args.ts";
import type { Circumstances } from "./circumstances.ts";
import { type Plan, readServer } from "./input.ts";
import { type Bench, type Judged, judge, settled } from "./judge.ts";
import { openRulebook } from "./rulebook.ts";
import { isUsers } from "./users.ts";

/** A server of which there is no report: what it is that the user can mend, or what went wrong with us. */
export interface NotJudged {
  readonly name: string;
  readonly problem: string;
  readonly bug: boolean;
  readonly error?: Error;
}

export type Outcome = Judged | NotJudged;
export const isJudged = (outcome: Outcome): outcome is Judged => "report" in outcome;

export interface JudgeOptions {
  readonly args: Args;
  readonly around: Circumstances;
  readonly primary: ServerFiles | undefined;
  readonly timer?: Bench["timer"];
  /** Are there pictures to be drawn? */
  readonly overviews: boolean;
}

/** Judges one server after the other, each read when its turn comes and let go of after it. */
export function serverJudge(
  { disk, config }: Pick<Plan, "disk" | "config">,
  { args, around, primary, timer, overviews }: JudgeOptions,
): (server: ServerFiles) => Promise<Outcome> {
  const rulebookFor = openRulebook(around.config ?? {});
  let told = 0;
  /** What was refused since the server before. */
  const refusedNow = (): readonly string[] => {
    if (disk.refused.size === told) return [];
    const refused = [...disk.refused].slice(told);
    told = disk.refused.size;
    return refused;
  };
  return async (server) => {
    try {
      const overviewOf = overviews ? (await import("../api/overview.ts")).overviewOf : undefined;
      const input = readServer(server, args, { disk, config });
      const rulebook = await rulebookFor(input.files);
      const against = server.standby && primary ? filesOn(disk, primary.roots) : undefined;
      const judged = judge(input, { ...around, disk, rulebook, primary: against, timer, overviewOf });
      return { ...judged, refused: refusedNow() };
    } catch (error) {
      return notJudged(server.name, error);
    } finally {
      disk.forget();
    }
  };
}

export function notJudged(name: string, error: unknown): NotJudged {
  if (isUsers(error)) return { name, problem: error.message, bug: false };
  if (!(error instanceof Error)) return { name, problem: String(error), bug: true };
  return { name, problem: `${error.name}: ${error.message}`, bug: true, error };
}

/**
 * All servers in their order. Whole servers come before fragments: a fragment that one of them includes has been
 * judged there, where it counts.
 */
export async function* judgeAll(
  { disk, servers, isExcluded }: Plan,
  here: (server: ServerFiles) => Promise<Outcome>,
  elsewhere?: (servers: readonly ServerFiles[]) => AsyncIterable<Outcome>,
): AsyncGenerator<Outcome> {
  const fragments = servers.filter(({ fragment }) => fragment);
  const whole = fragments.length > 0 ? servers.filter(({ fragment }) => !fragment) : servers;
  const isAsked = askedAnywhere(servers, disk);
  const named = new Set(fragments.flatMap(({ asked }) => asked.map(disk.absolute)));
  const done = new Set<string>();
  const told = (outcome: Outcome): Outcome => {
    if (!isJudged(outcome)) return outcome;
    const judged = settled(outcome, isAsked, isExcluded);
    if (named.size > 0)
      for (const path of judged.report.files.map((file) => disk.absolute(file.path)))
        if (named.has(path)) done.add(path);
    return judged;
  };
  for await (const outcome of elsewhere?.(whole) ?? inTurn(whole, here)) yield told(outcome);
  for (const fragment of fragments)
    if (!fragment.asked.every((path) => done.has(disk.absolute(path)))) yield told(await here(fragment));
}

async function* inTurn(
  servers: readonly ServerFiles[],
  judgeOne: (server: ServerFiles) => Promise<Outcome>,
): AsyncGenerator<Outcome> {
  for (const server of servers) yield await judgeOne(server);
}

/** Was a file asked about, for whichever server? Few runs want to know, and only those pay for it. */
export function askedAnywhere(
  servers: readonly { readonly asked: readonly string[] }[],
  disk: Plan["disk"],
): (path: string) => boolean {
  let asked: ReadonlySet<string> | undefined;
  return (path) => {
    asked ??= new Set(servers.flatMap((server) => server.asked.map(disk.absolute)));
    return asked.has(disk.absolute(path));
  };
}
