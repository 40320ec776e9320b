import { expect, test } from "vitest";
import { majorsIn } from "../../scripts/conformance/majors.ts";

test.each([
  ["10-12", [10, 11, 12]],
  ["17", [17]],
  ["10,13", [10, 13]],
  ["16-18,10", [10, 16, 17, 18]],
])("--majors %s", (words, majors) => expect(majorsIn(words)).toEqual(majors));

test.each(["", "9", "18-10", "10;13", "ten"])('--majors "%s" is no run without a server', (words) =>
  expect(() => majorsIn(words)).toThrow(`--majors ${words}: `),
);
