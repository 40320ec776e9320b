import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { pgconflint } from "../support/cli.ts";
import { root } from "../support/fixtures.ts";
import { FORMATS } from "./support.ts";

const server = "fixtures/reports/server";

test.each(Object.keys(FORMATS))("the built program prints %s", (format) => {
  const { code, stdout, stderr } = pgconflint(["check", server, "--format", format]);
  expect([code, stderr]).toEqual([1, ""]);
  expect(stdout).toContain(format === "summary" ? "server/unknown-setting" : "statment_timeout");
  expect(stdout).not.toContain("s3cret");
});

test("a plain run carries none of the formats that it does not print", () => {
  const program = readFileSync(join(root, "dist/cli.cjs"), "utf8");
  for (const word of [
    "<testsuites",
    "<checkstyle",
    "partialFingerprints",
    "check_name",
    "logissue",
    "<details>",
    "<!DOCTYPE",
    "Worst servers",
  ])
    expect(program).not.toContain(word);
});
