import { type ServerFiles, whole } from "../node/discover.ts";
import { UserError } from "../node/problem.ts";
import { text } from "./args.ts";
import type { Plan } from "./input.ts";
import type { Io } from "./io.ts";
import { type JudgeOptions, notJudged, type Outcome } from "./judge-all.ts";

/** Fewer servers are judged before a thread has started. */
const WORTH_IT = 200;
/** More threads than that only wait for the one that prints. */
const MOST = 8;

/** How to judge servers in threads of their own; undefined where this thread is sooner done alone. */
export async function inThreads(
  { servers, trees, config, piped }: Plan,
  { timer, primary, ...rest }: JudgeOptions,
  io: Io,
): Promise<((servers: readonly ServerFiles[]) => AsyncIterable<Outcome>) | undefined> {
  const options = { ...rest, primary: primary && whole(primary) };
  const asked = jobsAsked(options);
  const mayPay = asked === undefined ? servers.length >= WORTH_IT : asked > 1;
  // Each thread would have a clock, and a standard input, of its own.
  if (!mayPay || timer || piped) return undefined;
  const threads = await io.threads?.();
  const jobs = Math.min(asked ?? Math.min(threads?.atOnce ?? 1, MOST), servers.length);
  if (!threads || jobs < 2) return undefined;
  const { spread } = await import("../node/threads.ts");
  return (all) =>
    spread<ServerFiles, Outcome>(all, {
      jobs,
      start: () => threads.start({ ...options, cwd: io.cwd, trees, config }),
      message: whole,
      lost: ({ name }, reason) => notJudged(name, new Error(reason)),
    });
}

function jobsAsked({ args }: Pick<JudgeOptions, "args">): number | undefined {
  const word = text(args, "jobs");
  if (word !== undefined && !/^[1-9]\d{0,2}$/.test(word))
    throw new UserError(`--jobs ${word}: not a number of threads, such as 4`);
  return word === undefined ? undefined : Number(word);
}
