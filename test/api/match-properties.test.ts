import fc from "fast-check";
import { expect, test } from "vitest";
import { type HbaConnection, matchHba } from "../../src/index.ts";

const list = (...words: string[]) =>
  fc.array(fc.constantFrom(...words), { minLength: 1, maxLength: 3 }).map((some) => some.join(","));
const NAMES = ["all", "bob", "app", "x", '"all"', "/^b", '"/^[ax]"'];
const record = fc
  .record({
    type: fc.constantFrom("local", "host", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"),
    database: list("sameuser", "samerole", "replication", ...NAMES),
    user: list("+staff", "+bob", "+x", ...NAMES),
    address: fc.constantFrom(
      ...["all", "10.0.0.0/8", "10.1.2.3 255.0.255.0", "::/0", "::1/128", "127.0.0.0/8"],
      ...["samehost", "samenet", "app1", ".example.com"],
    ),
    method: fc.constantFrom("trust", "reject", "md5"),
  })
  .map(({ type, database, user, address, method }) =>
    [type, database, user, ...(type === "local" ? [] : [address]), method].join(" "),
  );
const records = fc.array(record, { minLength: 1, maxLength: 6 });

const connection: fc.Arbitrary<HbaConnection> = fc.record({
  user: fc.constantFrom("bob", "x", "app", "eve"),
  database: fc.constantFrom("bob", "x", "app", "replication"),
  address: fc.constantFrom(null, "10.1.2.3", "10.9.2.3", "::1", "127.0.0.7", "2001:db8::1"),
  replication: fc.constantFrom(undefined, "physical", "logical"),
  tls: fc.boolean(),
});

/** All that a connection may depend on; the one who connects is a role. */
const facts = fc.record({
  roles: fc
    .dictionary(
      fc.constantFrom("staff", "x", "app"),
      fc.record({ memberOf: fc.array(fc.constantFrom("staff", "x", "bob", "app"), { maxLength: 2 }) }),
    )
    .map((roles) => ({ bob: {}, x: {}, app: {}, eve: {}, ...roles })),
  interfaces: fc.subarray(["10.1.2.3/24", "10.0.0.1/8", "2001:db8::1/64"]),
  hostnames: fc.dictionary(
    fc.constantFrom("app1", "a.example.com", "other"),
    fc.subarray(["10.1.2.3", "10.9.2.3", "::1"]),
  ),
});

const hit = (lines: readonly string[], asked: HbaConnection) =>
  matchHba({ files: [{ path: "pg_hba.conf", text: `${lines.join("\n")}\n` }], connection: asked });

test("a line at the end never changes what an earlier one matches", () => {
  fc.assert(
    fc.property(records, record, connection, (lines, last, asked) => {
      const before = hit(lines, asked);
      const after = hit([...lines, last], asked);
      if (typeof before.line === "number") expect(after).toEqual(before);
      else if (before.line === "unknown") expect(after.line).toBe("unknown");
      else expect([null, "unknown", lines.length + 1]).toContain(after.line);
    }),
    { numRuns: 1000 },
  );
});

test("what is certain stays so, whatever memberships, names and interfaces there turn out to be", () => {
  fc.assert(
    fc.property(records, connection, facts, (lines, asked, known) => {
      const before = hit(lines, asked);
      if (before.line !== "unknown") expect(hit(lines, { ...asked, ...known })).toEqual(before);
    }),
    { numRuns: 2000 },
  );
});

test("with all of them nothing is left open", () => {
  fc.assert(
    fc.property(records, connection, facts, (lines, asked, known) => {
      expect(hit(lines, { ...asked, ...known }).line).not.toBe("unknown");
    }),
    { numRuns: 1000 },
  );
});

test("a line that is passed could as well not be there", () => {
  fc.assert(
    fc.property(records, connection, facts, fc.nat(), (lines, asked, known, at) => {
      const before = hit(lines, { ...asked, ...known });
      const gone = at % lines.length;
      if (lines.length === 1 || before.line === gone + 1) return;
      const after = hit(
        lines.map((line, index) => (index === gone ? "" : line)),
        { ...asked, ...known },
      );
      expect(after).toEqual(before);
    }),
    { numRuns: 1000 },
  );
});

test("any text has an answer", () => {
  const text = fc.oneof(
    fc.string({ unit: "binary", maxLength: 60 }),
    fc
      .array(
        fc.constantFrom(
          "host",
          "local",
          "all",
          " ",
          "\n",
          ",",
          '"',
          "/",
          "(",
          "[",
          "\\",
          "10.0.0.0/8",
          "trust",
        ),
      )
      .map((words) => words.join("")),
    records.map((lines) => lines.join("\n")),
  );
  const dialect = fc.constantFrom("postgres" as const, "pgbouncer" as const);
  fc.assert(
    fc.property(text, connection, dialect, (its, asked, whose) => {
      const files = [{ path: "pg_hba.conf", text: its }];
      expect(["number", "object", "string"]).toContain(
        typeof matchHba({ files, connection: asked, dialect: whose }).line,
      );
    }),
    { numRuns: 1000 },
  );
});
