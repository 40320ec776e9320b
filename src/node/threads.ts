import type { Worker } from "node:worker_threads";

export interface Threads<Task, Result> {
  readonly jobs: number;
  /** A new thread; it answers each task that it is sent with one message, in the order in which they came. */
  start(): Worker;
  /** How a thread is told of a task. */
  message(task: Task): unknown;
  /** What becomes of a task whose thread died over it. */
  lost(task: Task, reason: string): Result;
}

/** So many tasks a thread has at hand, so that it never waits for the next. */
const AT_HAND = 16;
/** So far a fast thread may get ahead of a slow one; what it found has to be kept until then. */
const AHEAD = 4 * AT_HAND;
/** Threads that die before their first answer, one after the other: then it is not the task's fault. */
const MOST_STILLBORN = 3;

/** Spreads tasks over threads; the results come in the order of the tasks, however fast each thread is. */
export async function* spread<Task, Result>(
  tasks: readonly Task[],
  { jobs, start, message, lost }: Threads<Task, Result>,
): AsyncGenerator<Result> {
  const results = new Map<number, Result>();
  const orphans: number[] = [];
  const threads = new Map<Worker, number[]>();
  let next = 0;
  let taken = 0;
  let stillborn = 0;
  let failure: Error | undefined;
  let wake = () => {};

  const settle = (at: number, result: Result) => {
    results.set(at, result);
    wake();
  };
  const feed = (thread: Worker, atHand: number[]) => {
    while (atHand.length < AT_HAND) {
      const at = orphans.shift() ?? (next < tasks.length && next < taken + jobs * AHEAD ? next++ : undefined);
      const task = at === undefined ? undefined : tasks[at];
      if (at === undefined || task === undefined) return;
      atHand.push(at);
      thread.postMessage(message(task));
    }
  };
  const open = () => {
    const thread = start();
    const atHand: number[] = [];
    let answered = 0;
    let reason = "the thread ended";
    threads.set(thread, atHand);
    thread.on("message", (result: Result) => {
      const at = atHand.shift();
      answered++;
      stillborn = 0;
      if (at !== undefined) settle(at, result);
      feed(thread, atHand);
    });
    thread.on("error", (error) => {
      reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
    });
    thread.on("exit", () => {
      if (!threads.delete(thread)) return;
      const [at, ...others] = atHand;
      if (answered === 0 && ++stillborn >= MOST_STILLBORN)
        failure = new Error(`no thread can be started: ${reason}`);
      const task = at === undefined ? undefined : tasks[at];
      if (at !== undefined && task !== undefined) settle(at, lost(task, reason));
      orphans.push(...others);
      if (!failure) open();
      wake();
    });
    feed(thread, atHand);
  };

  try {
    for (let at = 0; at < Math.min(jobs, tasks.length); at++) open();
    while (taken < tasks.length) {
      const result = results.get(taken);
      if (result === undefined) {
        if (failure) throw failure;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      results.delete(taken++);
      yield result;
      for (const [thread, atHand] of threads) feed(thread, atHand);
    }
  } finally {
    const all = [...threads.keys()];
    threads.clear();
    await Promise.all(all.map((thread) => thread.terminate()));
  }
}
