import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "../support/fixtures.ts";
import { byServer, FORMATS, sample } from "./support.ts";

const FILES: Readonly<Record<string, string>> = {
  pretty: "report.pretty.txt",
  summary: "report.summary.txt",
  compact: "report.compact.txt",
  json: "report.json",
  "json-lines": "report.jsonl",
  sarif: "report.sarif",
  github: "report.github.txt",
  azure: "report.azure.txt",
  gitlab: "report.gitlab.json",
  junit: "report.junit.xml",
  checkstyle: "report.checkstyle.xml",
  markdown: "report.md",
  html: "report.html",
};

test.each(Object.entries(FORMATS))("the sample server as %s", async (name, format) => {
  const { report, extras } = sample();
  await expect(format(report, extras)).toMatchFileSnapshot(
    join(root, "fixtures/reports", FILES[name] ?? name),
  );
});

test.each(Object.entries(FORMATS))("nothing to say as %s", async (name, format) => {
  const { report, extras } = byServer([{ path: "postgresql.conf", text: "port = 5433\n" }]);
  await expect(format(report, extras)).toMatchFileSnapshot(
    join(root, "fixtures/reports/empty", FILES[name] ?? name),
  );
});
