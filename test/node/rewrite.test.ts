import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { realPath, rewriteFiles } from "../../src/node/rewrite.ts";
import { utf8Bytes } from "../../src/text/source.ts";
import { tree } from "../support/tree.ts";

const rewrite = (folder: string, name: string, before: string, after: string) => ({
  name,
  path: join(folder, name),
  before: utf8Bytes(before),
  after: utf8Bytes(after),
});

test("files take their new text, and nothing else is left", () => {
  const folder = tree({ a: "one", b: "two" });
  rewriteFiles([rewrite(folder, "a", "one", "1"), rewrite(folder, "b", "two", "2")]);
  expect(readdirSync(folder).map((name) => readFileSync(join(folder, name), "utf8"))).toEqual(["1", "2"]);
});

test.each([
  ["changed", "a", "b: not written, as it has changed since it was read; try again"],
  ["gone", "nosuch", "nosuch: not written: No such file or directory"],
])("where one of them has %s meanwhile, none is written", (how, missing, message) => {
  const folder = tree({ a: "one", b: "two" });
  if (how === "changed") writeFileSync(join(folder, "b"), "too");
  const second = how === "changed" ? "b" : missing;
  expect(() => rewriteFiles([rewrite(folder, "a", "one", "1"), rewrite(folder, second, "two", "2")])).toThrow(
    message,
  );
  expect(readFileSync(join(folder, "a"), "utf8")).toBe("one");
  expect(readdirSync(folder)).toEqual(["a", "b"]);
});

test("a path that leads nowhere is its own", () =>
  expect(realPath("/nowhere/at.all")).toBe("/nowhere/at.all"));
