// What could take forever: a cost that grows with the square of a length, or faster.
import { expect, test } from "vitest";
import { lint, matchHba } from "../../src/index.ts";

/** Milliseconds; the limits leave room for a machine that has other things to do. */
function cost(work: () => void): number {
  const started = performance.now();
  work();
  return performance.now() - started;
}

const repeated =
  (unit: string, head = "", tail = "\n") =>
  (length: number) =>
    head + unit.repeat(length / unit.length) + tail;

/** With 20,000 characters, what was mended here took from several seconds to minutes. */
test.each([
  ["pgbouncer.ini", "a=b ", "[databases]\na = ", "\n"],
  ["pgbouncer.ini", "(a,", "[pgbouncer]\nlisten_addr = ", "\n"],
  ["pg_ident.conf", "a\\\n", "", ""],
  ["pg_hba.conf", "a\\\n", "", ""],
  ["pg_hba.conf", "a,", "host all ", " all md5\n"],
  ["postgresql.conf", "/", "archive_command = '", "'\n"],
  ["postgresql.conf", " ", "set a = b", " c d\n"],
  ["postgresql.conf", "a = 'b' # pgconflint-disable-next-line server/no-effect -- x\n", "", ""],
  ["postgresql.conf", "# pgconflint-disable-next-line server/no-effect -- x\n", "", ""],
  ["userlist.txt", '"', "", "\n"],
])("%s: %j many times behind %j", (path, unit, head, tail) => {
  const text = repeated(unit, head, tail)(20_000);
  expect(cost(() => void lint({ files: [{ path, text }] }))).toBeLessThan(10_000);
});

test.each(["(a+)+$", "(a|a)*$", "(a*)*b", "([a-z]+)+[0-9]", "(.*a){20}", "a?".repeat(30) + "a".repeat(30)])(
  "a pattern of pg_hba.conf that other engines never finish: /%s",
  (pattern) => {
    const files = [
      { path: "pg_hba.conf", text: `host all "/^${pattern}" all md5\nhost all all all reject\n` },
    ];
    const connection = { user: `${"a".repeat(60)}!`, database: "x", address: "10.0.0.1" };
    expect(cost(() => void matchHba({ files, connection }))).toBeLessThan(10_000);
    expect(cost(() => void lint({ files }))).toBeLessThan(10_000);
  },
);

test("a glob of pgconflint.ini with many asterisks", () => {
  const glob = `${"*a".repeat(30)}b`;
  const path = `${"a".repeat(200)}/postgresql.conf`;
  const config = { paths: [{ glob, rules: { "server/*": "off" } }] } as const;
  expect(cost(() => void lint({ files: [{ path, text: "port = x\n" }], config }))).toBeLessThan(10_000);
});
