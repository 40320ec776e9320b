import { describe, expect, test } from "vitest";
import { applyEdits, compatible, type Fix } from "../../src/fix/edits.ts";
import { fixInRounds } from "../../src/fix/rounds.ts";
import { type Source, sourceOf } from "../../src/text/source.ts";

const fix = (...edits: [path: string, start: number, end: number, text: string][]): Fix => ({
  edits: edits.map(([path, start, end, text]) => ({ path, start, end, text })),
});

test("edits are made wherever they stand in the list", () => {
  const edits = [
    { start: 6, end: 7, text: "C" },
    { start: 0, end: 1, text: "A" },
  ];
  expect(applyEdits("a = b, c", edits)).toBe("A = b,Cc");
});

describe("of fixes that touch, the one that comes later in the text waits", () => {
  const first = fix(["a", 0, 4, ""]);
  test.each([
    ["overlapping", fix(["a", 3, 6, ""]), 1],
    ["side by side", fix(["a", 4, 6, ""]), 1],
    ["at the same place", fix(["a", 0, 0, "x"]), 1],
    ["apart", fix(["a", 5, 6, ""]), 2],
    ["in another file", fix(["b", 0, 4, ""]), 2],
  ])("%s", (_how, second, made) => {
    expect(compatible([first, second])).toHaveLength(made);
  });

  test("with all of its edits, also those that touch nothing", () => {
    const halfway = fix(["a", 2, 3, "x"], ["b", 0, 1, "x"]);
    expect(compatible([first, halfway])).toEqual([first]);
  });

  test("but its own edits may touch", () => {
    const whole = fix(["a", 0, 1, ""], ["a", 1, 1, "x"]);
    expect(compatible([whole])).toEqual([whole]);
  });
});

describe("fixes in rounds", () => {
  /** Replaces each `from` by its `to`, as a rule that finds them would. */
  const replacing =
    (words: Readonly<Record<string, string>>, source: Source) => (changed: ReadonlyMap<string, Source>) => {
      const { text } = changed.get("a") ?? source;
      return Object.entries(words).flatMap(([from, to]) => {
        const start = text.indexOf(from);
        return start === -1 ? [] : [fix(["a", start, start + from.length, to])];
      });
    };
  const run = (text: string | Uint8Array, words: Readonly<Record<string, string>>) => {
    const source = sourceOf("a", text);
    const { changed, made } = fixInRounds(() => source, replacing(words, source));
    return { text: changed.get("a")?.text, made };
  };

  test("what had to wait, and what a fix made possible, comes later", () => {
    expect(run("one", { one: "two", two: "three" })).toEqual({ text: "three", made: 2 });
  });

  test("fixes that undo each other come to an end", () => {
    expect(run("a", { a: "b", b: "a" }).made).toBe(100);
  });

  test("nothing to fix changes nothing", () => {
    expect(run("one", { two: "three" })).toEqual({ text: undefined, made: 0 });
  });

  test("a fix that changes nothing is none", () => {
    expect(run("one", { one: "one" })).toEqual({ text: undefined, made: 0 });
  });

  test("a file of bytes takes no character that is not one", () => {
    const bytes = Uint8Array.from([0xe9, 0x20, 0x61]);
    expect(run(bytes, { a: "\u2019" })).toEqual({ text: undefined, made: 0 });
    expect(run(bytes, { a: "b" })).toEqual({ text: "\u00e9 b", made: 1 });
  });
});
