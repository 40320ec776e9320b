import fc from "fast-check";
import { expect, test } from "vitest";
import { accessElements, accessFiles } from "../../src/api/access-file.ts";
import { clusterOf } from "../../src/api/cluster-of.ts";
import { diffAccess } from "../../src/api/diff-hba.ts";
import { type HbaConnection, matchHba } from "../../src/index.ts";
import { fileSet } from "../../src/text/files.ts";
import { sourceOf } from "../../src/text/source.ts";

type Dialect = "postgres" | "pgbouncer";

const list = (words: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((some) => some.join(","));

interface Words {
  readonly types: readonly string[];
  readonly databases: readonly string[];
  readonly users: readonly string[];
  readonly addresses: readonly string[];
}

const NETWORKS =
  "0.0.0.0/0 ::/0 10.0.0.0/8 10.0.0.0/9 10.128.0.0/9 10.1.2.3/32 ::1/128 127.0.0.0/8 127.0.0.1/32".split(" ");
const POSTGRES: Words = {
  types: ["local", "host", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"],
  databases: ["all", "a", "b", "x", "replication", "sameuser", "samerole", "/^a", "/b$"],
  users: ["all", "a", "x", "+g", "+h", "/^x", "/^a"],
  addresses: [
    ...NETWORKS,
    "all",
    "10.0.0.1 255.0.0.1",
    "samehost",
    "samenet",
    "db.example.com",
    ".example.com",
  ],
};
const POOLER: Words = {
  types: ["local", "host", "hostssl", "hostnossl"],
  databases: ["all", "a", "b", "sameuser", "replication"],
  users: ["all", "a", "b", "x", "sameuser"],
  addresses: [...NETWORKS, "all"],
};

const METHODS = ["trust", "reject", "md5", "scram-sha-256"];
const lineOf = ({ types, databases, users, addresses }: Words, methods = METHODS) =>
  fc
    .record({
      type: fc.constantFrom(...types),
      database: list(databases),
      user: list(users),
      address: fc.constantFrom(...addresses),
      method: fc.constantFrom(...methods),
    })
    .map(({ type, database, user, address, method }) =>
      [type, database, user, ...(type === "local" ? [] : [address]), method].join(" "),
    );
const linesOf = (words: Words) => fc.array(lineOf(words), { minLength: 1, maxLength: 5 });

/** A file, and one that is mostly the same: then it depends on what is left whether anything changes. */
const pairOf = (words: Words) =>
  fc.oneof(
    fc.tuple(linesOf(words), linesOf(words)),
    fc.tuple(linesOf(words), lineOf(words), fc.nat()).map(([lines, line, at]): [string[], string[]] => {
      const index = at % (lines.length + 1);
      return [lines, [...lines.slice(0, index), line, ...lines.slice(index + (at % 2))]];
    }),
    fc.tuple(linesOf(words), fc.nat()).map(([lines, at]): [string[], string[]] => {
      const index = at % lines.length;
      const moved = lines.filter((_, its) => its !== index);
      return [lines, [...moved, lines[index] ?? ""]];
    }),
  );

const textOf = (lines: readonly string[]) => `${lines.join("\n")}\n`;

function changesOf(before: readonly string[], after: readonly string[], dialect: Dialect) {
  const elements = accessElements();
  const [old, now] = [before, after].map((lines) => {
    const files = fileSet([sourceOf("pg_hba.conf", textOf(lines))]);
    return accessFiles(clusterOf(files, {}), elements, dialect)[0];
  });
  if (!old || !now) throw new Error("both are files about access");
  expect([old.refusal, now.refusal, old.dropped, now.dropped]).toEqual([null, null, [], []]);
  return diffAccess(old, now, elements);
}

/** What the connection meets: all ways to be turned away are one. */
function metBy(lines: readonly string[], dialect: Dialect, connection: HbaConnection): string {
  const match = matchHba({ files: [{ path: "pg_hba.conf", text: textOf(lines) }], dialect, connection });
  if (match.line === "unknown") throw new Error(`with all facts nothing is open: ${match.because}`);
  return match.line === null ? "reject" : match.method;
}

const ADDRESSES = "10.1.2.3 10.0.0.1 10.200.0.1 9.9.9.9 127.0.0.1 127.0.0.9 ::1 2001:db8::1".split(" ");
const sub = (words: readonly string[]) => fc.subarray([...words]);
const connectionIn = (dialect: Dialect): fc.Arbitrary<HbaConnection> =>
  fc
    .record({
      user: fc.constantFrom("a", "x", "b", "xy", "ab", "someone"),
      database: fc.constantFrom("a", "b", "ab", "x", "g", "somewhere"),
      address: fc.option(fc.constantFrom(...ADDRESSES)),
      way: fc.constantFrom("plain", "tls", ...(dialect === "postgres" ? ["gss"] : [])),
      replication: fc.constantFrom(undefined, undefined, "physical" as const),
      memberOf: sub(["g", "h", "a"]),
      interfaces: sub(["10.0.0.1/24", "2001:db8::1/64"]),
      hosts: sub(ADDRESSES),
    })
    .map(({ way, memberOf, hosts, ...rest }) => ({
      ...rest,
      tls: rest.address !== null && way === "tls",
      gss: rest.address !== null && way === "gss",
      roles: { [rest.user]: { memberOf } },
      hostnames: { "db.example.com": hosts },
    }));

for (const [dialect, words] of [
  ["postgres", POSTGRES],
  ["pgbouncer", POOLER],
] as const) {
  test(`${dialect}: without changes every connection is met in the same way`, () => {
    const many = fc.array(connectionIn(dialect), { minLength: 10, maxLength: 20 });
    fc.assert(
      fc.property(pairOf(words), many, ([before, after], connections) => {
        if (changesOf(before, after, dialect).length > 0) return;
        for (const connection of connections)
          expect(metBy(after, dialect, connection)).toBe(metBy(before, dialect, connection));
      }),
      { numRuns: 500 },
    );
  });

  test(`${dialect}: every connection of a change is met in the two ways that it tells`, () => {
    fc.assert(
      fc.property(pairOf(words), ([before, after]) => {
        for (const { witness, before: old, after: now } of changesOf(before, after, dialect)) {
          if (!witness) continue;
          expect(metBy(before, dialect, witness)).toBe(old.method ?? "reject");
          expect(metBy(after, dialect, witness)).toBe(now.method ?? "reject");
        }
      }),
      { numRuns: 400 },
    );
  });

  test(`${dialect}: a connection that is met in two ways is among the changes`, () => {
    fc.assert(
      fc.property(pairOf(words), connectionIn(dialect), ([before, after], connection) => {
        if (metBy(before, dialect, connection) === metBy(after, dialect, connection)) return;
        const pair = [metBy(before, dialect, connection), metBy(after, dialect, connection)];
        const told = changesOf(before, after, dialect).map((change) => [
          change.before.method ?? "reject",
          change.after.method ?? "reject",
        ]);
        expect(told).toContainEqual(pair);
      }),
      { numRuns: 400 },
    );
  });
}

test("a file changes nothing against itself, whatever it has", () => {
  fc.assert(
    fc.property(linesOf(POSTGRES), (lines) => {
      expect(changesOf(lines, lines, "postgres")).toEqual([]);
    }),
    { numRuns: 200 },
  );
});
