import fc from "fast-check";
import { expect, test } from "vitest";
import { readShell } from "../../src/rules/support/shell.ts";

const commands = (text: string) => readShell(text).commands.map(({ words, after }) => [after, ...words]);

test.each([
  ["cp %p /archive/%f", [["", "cp", "%p", "/archive/%f"]]],
  [
    "test ! -f a && cp b a",
    [
      ["", "test", "!", "-f", "a"],
      ["&&", "cp", "b", "a"],
    ],
  ],
  ["nice -n 19 ionice -c2 -n7 sudo -u backup /usr/bin/cp a b", [["", "/usr/bin/cp", "a", "b"]]],
  ["PGHOST=/tmp LC_ALL=C pgbackrest archive-push %p", [["", "pgbackrest", "archive-push", "%p"]]],
  ["a 'b | c' \"d && e\" f\\ g", [["", "a", "b | c", "d && e", "f g"]]],
  ["a $(b | c) `d; e`", [["", "a", "$(b | c)", "`d; e`"]]],
  [
    "a < b > c 2>&1 | d &> e",
    [
      ["", "a"],
      ["|", "d"],
    ],
  ],
  ["a # b; c", [["", "a"]]],
  [
    "sh -c 'a; b'",
    [
      ["", "a"],
      [";", "b"],
    ],
  ],
  ["", []],
])("%s", (text, read) => {
  expect(commands(text)).toEqual(read);
});

test("files that are written are not those that are read, appended to or errors", () => {
  expect(readShell("a < in > out 2> err").commands[0]?.writes).toEqual(["out"]);
  expect(readShell("a >> log").commands[0]?.writes).toEqual([]);
});

test("what decides about the status of the whole", () => {
  expect(readShell("if a; then b; fi").structured).toBe(true);
  expect(readShell("a || { b; c; }").structured).toBe(true);
  expect(readShell("(a; b)").structured).toBe(true);
  expect(readShell("a; b").structured).toBe(false);
  expect(readShell("a &").background).toBe(true);
  expect(readShell("a & b").background).toBe(false);
  expect(readShell("set -eu; a; b").stopsAtFailure).toBe(true);
  expect(readShell("bash -euo pipefail -c 'a | b'")).toMatchObject({ stopsAtFailure: true, pipefail: true });
});

test("any text is read to its end", () => {
  const text = fc.string({ unit: fc.constantFrom(..."ab '\"\\$()`|&;<>{}#\n%") });
  fc.assert(
    fc.property(text, (line) => {
      expect(readShell(line).commands.every(({ words, writes }) => words.length + writes.length > 0)).toBe(
        true,
      );
    }),
    { numRuns: 2000 },
  );
});
