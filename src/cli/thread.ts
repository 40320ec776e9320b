import { parentPort, workerData } from "node:worker_threads";
import type { ServerFiles } from "../node/discover.ts";
import { openDisk } from "../node/disk.ts";
import { fenceOf } from "../node/fence.ts";
import type { Plan } from "./input.ts";
import { type JudgeOptions, serverJudge } from "./judge-all.ts";

/** What a thread is told when it starts; then comes one message a server, and one goes back. */
export interface ThreadData extends JudgeOptions {
  readonly cwd: string;
  readonly trees: Plan["trees"];
  readonly config: Plan["config"];
}

/** The part of `check` that runs in threads of its own; false where this is not such a thread. */
export function serveThread(): boolean {
  if (!parentPort) return false;
  const port = parentPort;
  const { cwd, trees, config, ...options }: ThreadData = workerData;
  const judgeOne = serverJudge({ disk: openDisk(cwd, undefined, trees && fenceOf(trees)), config }, options);
  let last: Promise<unknown> = Promise.resolve();
  port.on("message", (server: ServerFiles) => {
    // In turn: the answers go back in the order of the questions.
    last = last.then(async () => port.postMessage(await judgeOne(server)));
  });
  return true;
}
