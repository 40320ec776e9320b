import fc from "fast-check";
import { expect, test } from "vitest";
import { unifiedDiff } from "../../src/fix/unified-diff.ts";

const diff = (before: string, after: string, path = "postgresql.conf") =>
  unifiedDiff({ path, before, after }).text;

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, at) => `${from + at}\n`).join("");

test("a changed line stands among three lines of context", () => {
  expect(diff(numbers(1, 9), numbers(1, 9).replace("5", "five"))).toBe(`--- a/postgresql.conf
+++ b/postgresql.conf
@@ -2,7 +2,7 @@
 2
 3
 4
-5
+five
 6
 7
 8
`);
});

test("lines that came or went move the numbers of what follows", () => {
  const after = numbers(2, 30).replace("20\n", "20\n20.5\n");
  expect(diff(numbers(1, 30), after).match(/^@@.*/gm)).toEqual(["@@ -1,4 +1,3 @@", "@@ -18,6 +17,7 @@"]);
});

test("changes that are near are one hunk", () => {
  expect(
    diff(numbers(1, 9), numbers(1, 9).replace("2", "two").replace("8", "eight")).match(/^@@/gm),
  ).toHaveLength(1);
});

test("an end without a line end is told", () => {
  expect(diff("a", "b\n")).toContain("-a\n\\ No newline at end of file\n+b\n");
});

test("equal texts have no difference", () => expect(diff("a\n", "a\n")).toBe(""));

test("a file that was empty, and one that becomes so", () => {
  expect(diff("", "a\n")).toContain("@@ -0,0 +1,1 @@\n+a\n");
  expect(diff("a\n", "")).toContain("@@ -1,1 +0,0 @@\n-a\n");
});

test.each([
  ["my server/pg.conf", "--- a/my server/pg.conf\t\n"],
  ["café.conf", '--- "a/caf\\303\\251.conf"\n'],
  ['a"b\\c.conf', '--- "a/a\\"b\\\\c.conf"\n'],
])("the name %s is written as git does", (path, line) => {
  expect(diff("a\n", "b\n", path).startsWith(line)).toBe(true);
});

test("a hunk that would show a secret is left out, and counted", () => {
  const secret = numbers(1, 30).replace("4\n", "password\n");
  const { text, hidden } = unifiedDiff({
    path: "a",
    before: secret,
    after: secret.replace("5\n", "five\nsix\n").replace("20\n", "twenty\n"),
    isSecret: (line) => line.includes("password"),
  });
  expect([hidden, text.match(/^@@.*/gm)]).toEqual([1, ["@@ -17,7 +17,7 @@"]]);
});

test("a hundred thousand changed lines take no time to speak of", () => {
  const before = numbers(1, 100_000);
  const started = performance.now();
  expect(diff(before, before.replaceAll("\n", " \n")).length).toBeGreaterThan(before.length);
  expect(diff(before, before.replaceAll("7\n", "\n")).length).toBeGreaterThan(10_000);
  expect(performance.now() - started).toBeLessThan(3000);
});

/** What `patch` does, without any leniency. */
function patched(before: string, diffText: string): string {
  const lines = before.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  const result: string[] = [];
  let at = 0;
  const body = diffText.split("\n").slice(2);
  for (const [number, line] of body.entries()) {
    const text = line.slice(1) + (body[number + 1]?.startsWith("\\") ? "" : "\n");
    const [, start = "", length = ""] = /^@@ -(\d+),(\d+)/.exec(line) ?? [];
    if (start)
      for (const to = Number(start) - Number(length !== "0"); at < to; ) result.push(lines[at++] ?? "");
    else if (line.startsWith("+")) result.push(text);
    else if (line.startsWith(" ") || line.startsWith("-")) {
      expect(lines[at]).toBe(text);
      if (line.startsWith(" ")) result.push(text);
      at++;
    }
  }
  return [...result, ...lines.slice(at)].join("");
}

test("patched with the difference, the text before is the text after", () => {
  const text = fc.array(fc.constantFrom("a\n", "b\n", "c\n", "\n", "d\r\n"), { maxLength: 25 });
  const end = fc.constantFrom("", "e", "a");
  fc.assert(
    fc.property(text, end, text, end, (a, aEnd, b, bEnd) => {
      const [before, after] = [a.join("") + aEnd, b.join("") + bEnd];
      expect(patched(before, diff(before, after))).toBe(after);
    }),
    { numRuns: 500 },
  );
});
