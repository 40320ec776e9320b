import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { initdb } from "../../scripts/servers/cluster.ts";
import { serverAvailable } from "../../scripts/servers/releases.ts";
import { MAJORS } from "../../src/catalog/version.ts";
import { type FileInput, lint } from "../../src/index.ts";

/** What every new server brings about is nobody's mistake. */
const saidOf = (files: readonly FileInput[], postgres?: string) =>
  lint({ files, target: { ...(postgres && { postgres }) } }).findings.map(
    ({ path, line, severity, rule }) => `${path}:${line} ${severity} ${rule}`,
  );

const releases = MAJORS.flatMap((major) => serverAvailable(major).release ?? []);

describe.each(releases)("what initdb of $title writes", (release) => {
  test("has no error, and no warning", { timeout: 60_000 }, async () => {
    const directory = await initdb(release);
    const files = ["postgresql.conf", "postgresql.auto.conf", "pg_hba.conf", "pg_ident.conf"].map((path) => ({
      path,
      text: readFileSync(join(directory.path, path)),
    }));
    directory.remove();
    const said = saidOf(files, String(release.major));
    expect(said.filter((finding) => !finding.includes(" info "))).toEqual([]);
  });
});

const SAMPLE = "/etc/pgbouncer/pgbouncer.ini";
test.skipIf(!existsSync(SAMPLE))("the sample of PgBouncer's package has no error", () => {
  const said = saidOf([{ path: "pgbouncer.ini", text: readFileSync(SAMPLE) }]);
  expect(said.filter((finding) => finding.includes(" error "))).toEqual([]);
});
