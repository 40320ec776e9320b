import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { startProgress } from "../../src/cli/progress.ts";

beforeEach(() => {
  vi.useFakeTimers({ toFake: ["performance"] });
});
afterEach(() => {
  vi.useRealTimers();
});

/** What standard error gets of a run over 10,000 servers, of which one takes a millisecond. */
function shown(steps: number, env: Record<string, string>, terminal = true): string {
  let stderr = "";
  const progress = startProgress(10_000, {
    stdout() {},
    stderr: (text) => {
      stderr += text;
    },
    stdin: () => new Uint8Array(),
    env,
    cwd: "/",
    isTerminal: (stream) => stream === "stderr" && terminal,
  });
  for (let at = 1; at <= steps; at++) {
    vi.advanceTimersByTime(1);
    progress.step(at, { error: Math.floor(at / 100), warning: 0, info: at });
  }
  progress.end(steps);
  return stderr;
}
const CLEAR = "\r\u001b[2K";

test("a terminal sees one line, ten times a second, and how long it took", () => {
  expect(shown(1234, { LANG: "C.UTF-8" }).split(CLEAR)).toEqual([
    "",
    ...Array.from({ length: 12 }, (_, at) => {
      const hundreds = at + 1;
      const done = (100 * hundreds).toLocaleString("en");
      return `${done} of 10,000 servers · ${hundreds} error${hundreds === 1 ? "" : "s"}`;
    }),
    "pgconflint: 1,234 servers in 1.2 s\n",
  ]);
  expect(shown(100, {})).toContain("100 of 10,000 servers, 1 error");
});

test("nobody else sees anything", () => {
  expect(shown(1234, {}, false)).toBe("");
  expect(shown(1234, { CI: "true" })).toBe("");
  expect(shown(1234, { TERM: "dumb" })).toBe("");
});
