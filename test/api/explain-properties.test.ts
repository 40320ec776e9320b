import fc from "fast-check";
import { expect, test } from "vitest";
import { clusterOf } from "../../src/api/cluster-of.ts";
import { explainAccess } from "../../src/api/explain-hba.ts";
import { type HbaConnection, matchHba } from "../../src/index.ts";
import { fileSet } from "../../src/text/files.ts";
import { sourceOf } from "../../src/text/source.ts";

const list = (...words: string[]) =>
  fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((some) => some.join(","));
const line = fc
  .record({
    type: fc.constantFrom("local", "host", "host", "hostssl", "hostnossl"),
    database: list("all", "a", "b", "x", "replication", "sameuser", "samerole", "/^a"),
    user: list("all", "a", "x", "+g", "/^x"),
    address: fc.constantFrom(
      "all",
      "10.0.0.0/8",
      "10.0.0.0/9",
      "10.1.2.3/32",
      "::1/128",
      "127.0.0.0/8",
      "samenet",
      "db.example.com",
    ),
    method: fc.constantFrom("trust", "reject", "md5"),
  })
  .map(({ type, database, user, address, method }) =>
    [type, database, user, ...(type === "local" ? [] : [address]), method].join(" "),
  );
const connection: fc.Arbitrary<HbaConnection> = fc
  .record({
    user: fc.constantFrom("a", "x", "b", "someone"),
    database: fc.constantFrom("a", "b", "ab", "g", "x"),
    address: fc.option(fc.constantFrom("10.1.2.3", "10.200.0.1", "127.0.0.1", "::1", "9.9.9.9")),
    tls: fc.boolean(),
    replication: fc.constantFrom(undefined, "physical" as const),
    memberOf: fc.subarray(["g", "a"]),
    hosts: fc.subarray(["10.1.2.3", "9.9.9.9"]),
  })
  .map(({ memberOf, hosts, tls, ...rest }) => ({
    ...rest,
    tls: tls && rest.address !== null,
    roles: { [rest.user]: { memberOf } },
    interfaces: ["10.1.2.9/24"],
    hostnames: { "db.example.com": hosts },
  }));

const explained = (text: string) => {
  const [summary] = explainAccess(clusterOf(fileSet([sourceOf("pg_hba.conf", text)]), {}));
  if (!summary) throw new Error("it is a pg_hba.conf");
  return summary;
};

test("whoever gets in is in a row with the method of the line, and nobody is where nobody is left", () => {
  fc.assert(
    fc.property(
      fc.array(line, { minLength: 1, maxLength: 6 }),
      fc.array(connection, { minLength: 10, maxLength: 20 }),
      (lines, connections) => {
        const text = `${lines.join("\n")}\n`;
        const { rows, rest } = explained(text);
        for (const asked of connections) {
          const match = matchHba({ files: [{ path: "pg_hba.conf", text }], connection: asked });
          if (match.line === null) expect(rest).toBe(true);
          else
            expect(
              rows.some(
                (row) =>
                  "method" in match &&
                  row.method === match.method &&
                  row.lines.some((its) => its.line === match.line),
              ),
            ).toBe(true);
        }
      },
    ),
    { numRuns: 300 },
  );
});

test("whoever is said to need no password needs none", () => {
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 6 }), (lines) => {
      const text = `${lines.join("\n")}\n`;
      for (const { witness } of explained(text).rows)
        if (witness)
          expect(matchHba({ files: [{ path: "pg_hba.conf", text }], connection: witness })).toMatchObject({
            method: "trust",
          });
    }),
    { numRuns: 500 },
  );
});
