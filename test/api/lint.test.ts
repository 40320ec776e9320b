import { expect, test } from "vitest";
import { lint } from "../../src/index.ts";

test("a comment that names a release that there is not stops nothing", () => {
  const text = "# pgconflint: postgres=99 pgbouncer=9\nfsync = maybe\n";
  const { findings, target } = lint({ files: [{ path: "conf.d/a.conf", text }] });
  expect(findings.map(({ rule }) => rule)).toEqual(["server/invalid-boolean"]);
  expect(target.postgres).toEqual({ version: "18", from: "default" });
});

test("a release that the caller names and there is not is the caller's mistake", () => {
  expect(() => lint({ files: [], target: { postgres: "99" } })).toThrow('PostgreSQL "99" is not known');
});
