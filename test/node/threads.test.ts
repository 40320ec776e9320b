import { Worker } from "node:worker_threads";
import { describe, expect, test } from "vitest";
import { spread } from "../../src/node/threads.ts";

/** A thread that takes longer for even tasks, and dies over some. */
const thread = (dies: string) =>
  `const { parentPort } = require("node:worker_threads");
  let last = Promise.resolve();
  parentPort.on("message", (task) => {
    last = last.then(async () => {
      if (task % 2 === 0) await new Promise((resolve) => setTimeout(resolve, 1));
      ${dies}
      parentPort.postMessage("done " + task);
    });
  });`;

async function results(
  tasks: number,
  jobs: number,
  code: string,
): Promise<{ all: string[]; started: number }> {
  let started = 0;
  const all: string[] = [];
  const threads = {
    jobs,
    start: () => {
      started++;
      return new Worker(code, { eval: true });
    },
    message: (task: number) => task,
    lost: (task: number, reason: string) => `lost ${task}: ${reason}`,
  };
  for await (const result of spread(
    Array.from({ length: tasks }, (_, at) => at),
    threads,
  ))
    all.push(result);
  return { all, started };
}
const done = (tasks: number) => Array.from({ length: tasks }, (_, at) => `done ${at}`);

describe("tasks in threads", () => {
  test("give their results in order, each once", async () => {
    expect(await results(300, 3, thread(""))).toEqual({ all: done(300), started: 3 });
    expect(await results(1, 3, thread(""))).toEqual({ all: done(1), started: 1 });
    expect(await results(0, 3, thread(""))).toEqual({ all: [], started: 0 });
  });

  test.each([
    [
      "throws",
      'if (task === 41) setImmediate(() => { throw new RangeError("too much"); }), await new Promise(() => {});',
      "RangeError: too much",
    ],
    ["ends", "if (task === 41) process.exit(1);", "the thread ended"],
  ])("lose only the one over which a thread %s", async (_, dies, reason) => {
    const expected = done(100);
    expected[41] = `lost 41: ${reason}`;
    expect(await results(100, 2, thread(dies))).toEqual({ all: expected, started: 3 });
  });

  test("are no task's fault where no thread can be started", async () => {
    await expect(results(100, 2, "nonsense(")).rejects.toThrow(/^no thread can be started: SyntaxError/);
  });
});
