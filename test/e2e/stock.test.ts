import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { initdb } from "../../scripts/servers/cluster.ts";
import { serverAvailable } from "../../scripts/servers/releases.ts";
import { MAJORS } from "../../src/catalog/version.ts";
import { type FileInput, lint } from "../../src/index.ts";

/** What is said of files that nobody has touched; each warning is to be defended before those who wrote them. */
const saidOf = (files: readonly FileInput[], postgres?: string) =>
  lint({ files, target: { ...(postgres && { postgres }) } }).findings.map(
    ({ path, line, severity, rule }) => `${path}:${line} ${severity} ${rule}`,
  );

const releases = MAJORS.flatMap((major) => serverAvailable(major).release ?? []);

describe.each(releases)("what initdb of $title writes", (release) => {
  test("has no error, and warnings of two kinds", { timeout: 60_000 }, async () => {
    const directory = await initdb(release);
    const files = ["postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf"].map((path) => ({
      path,
      text: readFileSync(join(directory.path, path)),
    }));
    directory.remove();
    const said = saidOf(files, String(release.major));
    expect(said.filter((finding) => / error /.test(finding))).toEqual([]);
    // initdb itself warns of trust; and some of these releases get no more fixes.
    const rules = new Set(said.flatMap((finding) => / warning (\S+)/.exec(finding)?.[1] ?? []));
    expect([...rules].sort()).toEqual([
      "access/trust-local",
      ...(release.major <= 14 ? ["compat/end-of-life"] : []),
    ]);
  });
});

const SAMPLE = "/etc/pgbouncer/pgbouncer.ini";
test.skipIf(!existsSync(SAMPLE))("the sample of PgBouncer's package has no error", () => {
  const said = saidOf([{ path: "pgbouncer.ini", text: readFileSync(SAMPLE) }]);
  expect(said.filter((finding) => finding.includes(" error "))).toEqual([]);
});
