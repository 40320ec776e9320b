import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { GSS, IPV4, PLAIN, SOCKET, TLS } from "../../src/access/ways.ts";
import { readHba } from "../../src/cluster/hba.ts";
import { HbaReach } from "../../src/cluster/hba-reach.ts";
import { fileSet } from "../../src/text/files.ts";
import { sourceOf } from "../../src/text/source.ts";

const facts = (major: number) => ({
  version: { major, minor: null },
  ssl: true,
  oauthLibraries: "",
  userNamespace: false,
});

function reachOf(lines: readonly string[], major = 18) {
  const source = sourceOf("pg_hba.conf", lines.join("\n"));
  const hba = readHba(fileSet([source]), source, facts(major));
  expect(hba.problems).toEqual([]);
  return new HbaReach(hba).lines;
}

/** The lines that never match, each with those that take its connections; 1-based. */
const dead = (lines: readonly string[], major?: number) =>
  reachOf(lines, major).flatMap(({ line, open, by }) =>
    open === 0 ? [`${line.record.line} by ${by.map(({ record }) => record.line).join(" ")}`] : [],
  );

const verdict = (lines: readonly string[], major?: number) => dead(lines, major).join("; ") || "alive";

describe("types", () => {
  test.each([
    ["host", "hostssl", "2 by 1"],
    ["host", "hostnossl", "2 by 1"],
    ["host", "hostgssenc", "2 by 1"],
    ["hostnossl", "hostgssenc", "2 by 1"],
    ["hostnogssenc", "hostssl", "2 by 1"],
    ["hostssl", "host", "alive"],
    ["hostnossl", "hostnogssenc", "alive"],
    ["hostssl", "hostnossl", "alive"],
  ])("%s before %s: %s", (wide, narrow, expected) => {
    const rest = "all all 10.0.0.0/8 scram-sha-256";
    expect(verdict([`${wide} ${rest}`, `${narrow} ${rest}`])).toBe(expected);
  });

  test("two types may cover a third together", () => {
    const line = (type: string) => `${type} all all 10.0.0.0/8 scram-sha-256`;
    expect(verdict(["hostssl", "hostnossl", "host"].map(line))).toBe("3 by 1 2");
    expect(verdict(["hostgssenc", "hostnogssenc", "host"].map(line))).toBe("3 by 1 2");
    expect(verdict(["hostssl", "hostgssenc", "host"].map(line))).toBe("alive");
  });

  test("local and host have nothing in common", () => {
    expect(verdict(["local all all peer", "host all all all scram-sha-256"])).toBe("alive");
    expect(verdict(["local all all peer", "local shop app scram-sha-256"])).toBe("2 by 1");
  });

  test("what is left of a line whose plain connections are rejected is TLS and GSSAPI encryption", () => {
    const lines = reachOf(["hostnossl all all all reject", "host shop app 10.0.0.0/8 scram-sha-256"]);
    expect(lines.map(({ open }) => open)).toEqual([PLAIN | GSS, TLS & IPV4]);
  });
});

describe("databases and users", () => {
  const pair = (wide: string, narrow: string, major = 18) =>
    verdict([`local ${wide} peer`, `local ${narrow} peer`], major);

  test.each([
    ["all all", "shop app", "2 by 1"],
    ["shop all", "shop app,web", "2 by 1"],
    ["shop,crm app", "crm app", "2 by 1"],
    ["shop app", "shop,crm app", "alive"],
    ["shop app", "all app", "alive"],
    ["all app", "all all", "alive"],
    ['"all" all', "shop all", "alive"],
    ["all all", '"all" all', "2 by 1"],
    ["shop app", '"shop" "app"', "2 by 1"],
    ["all all", "replication all", "alive"],
    ["all all", "all,replication all", "alive"],
    ["replication all", "replication standby", "2 by 1"],
    ["all all", '"replication" all', "2 by 1"],
    ["sameuser all", "sameuser app", "2 by 1"],
    ["sameuser all", "app app", "2 by 1"],
    ["sameuser all", "app web", "alive"],
    ["samegroup all", "samerole all", "2 by 1"],
    ["all +staff", "all +staff", "2 by 1"],
    ["all +staff", 'all "+staff"', "alive"],
    ["all +staff", "all app", "alive"],
    ["all +staff", "all staff", "2 by 1"],
    ["samerole all", "sameuser all", "2 by 1"],
    ["samerole all", "app app", "2 by 1"],
    ["all all", "all +staff", "2 by 1"],
    ["/^shop all", "/^shop all", "2 by 1"],
    ["/^shop all", "shop all", "2 by 1"],
    ["/^shop all", "crm all", "alive"],
    ["/.* /^", "shop app", "2 by 1"],
  ])("%s before %s: %s", (wide, narrow, expected) => expect(pair(wide, narrow)).toBe(expected));

  test("an expression is a name before 16", () => expect(pair("/.* all", "shop all", 15)).toBe("alive"));

  test("several lines together take the lists of one", () => {
    const lines = ["local shop all peer", "local all app peer", "local shop,crm app peer"];
    expect(verdict(lines)).toBe("3 by 1 2");
  });
});

describe("addresses", () => {
  const pair = (wide: string, narrow: string) =>
    verdict([`host all all ${wide} scram-sha-256`, `host all all ${narrow} scram-sha-256`]);

  test.each([
    ["all", "10.0.0.0/8", "2 by 1"],
    ["all", "samenet", "2 by 1"],
    ["all", "db.example.com", "2 by 1"],
    ["10.0.0.0/8", "10.1.0.0/16", "2 by 1"],
    ["10.9.9.9/8", "10.1.0.0 255.255.0.0", "2 by 1"],
    ["10.1.0.0/16", "10.0.0.0/8", "alive"],
    ["10.0.0.0/9", "10.200.0.0/16", "alive"],
    ["0.0.0.0/0", "10.0.0.0/8", "2 by 1"],
    ["0.0.0.0/0", "::1/128", "alive"],
    ["::/0", "::ffff:10.0.0.1/128", "2 by 1"],
    ["::ffff:0:0/96", "10.0.0.1/32", "alive"],
    ["0.0.0.0/0", "all", "alive"],
    ["0.0.0.0/0", "samehost", "alive"],
    ["10.0.0.0 255.0.0.255", "10.7.0.0 255.255.0.255", "2 by 1"],
    ["10.0.0.0 255.0.0.255", "10.7.0.0/16", "alive"],
    ["samenet", "samehost", "2 by 1"],
    ["samehost", "samenet", "alive"],
    ["samehost", "127.0.0.1/32", "2 by 1"],
    ["samehost", "127.0.0.2/32", "alive"],
    ["samenet", "127.0.0.2/32", "2 by 1"],
    ["DB.example.com", "db.EXAMPLE.com", "2 by 1"],
    [".example.com", "db.example.com", "2 by 1"],
    [".example.com", ".eu.example.com", "2 by 1"],
    [".example.com", "example.com", "alive"],
    ["db.example.com", "10.0.0.1/32", "alive"],
    ['"all"', "10.0.0.0/8", "alive"],
  ])("%s before %s: %s", (wide, narrow, expected) => expect(pair(wide, narrow)).toBe(expected));

  test("every IPv4 and every IPv6 address are all addresses", () => {
    const line = (address: string) => `host all all ${address} scram-sha-256`;
    expect(verdict(["0.0.0.0/0", "::/0", "samenet"].map(line))).toBe("3 by 1 2");
    expect(verdict(["0.0.0.0/0", "::/0", "10.0.0.0/8"].map(line))).toBe("3 by 1");
  });
});

test("a line that never matches takes nothing, and the method has no say", () => {
  const lines = ["host all all all reject", "host all all 10.0.0.0/8 md5", "host all all 10.1.0.0/16 trust"];
  expect(dead(lines)).toEqual(["2 by 1", "3 by 1"]);
});

/** A connection, and which records match it, spelled out word by word. */
const STATES: Readonly<Record<string, string>> = {
  local: "socket",
  host: "plain tls gss",
  hostssl: "tls",
  hostnossl: "plain gss",
  hostgssenc: "gss",
  hostnogssenc: "plain tls",
};
const ADDRESSES: Readonly<Record<string, string>> = {
  all: "10.0.0.1 10.1.0.1 ::1",
  "0.0.0.0/0": "10.0.0.1 10.1.0.1",
  "::/0": "::1",
  "10.0.0.0/8": "10.0.0.1 10.1.0.1",
  "10.0.0.0/16": "10.0.0.1",
  "0.0.0.1 0.255.255.255": "10.0.0.1",
  "::1/128": "::1",
};
const DATABASES: Readonly<Record<string, string>> = {
  all: "a b all",
  a: "a",
  "a,b": "a b",
  '"all"': "all",
  replication: "(replication)",
  "replication,a": "(replication) a",
  "/.*": "a b all",
};
const USERS: Readonly<Record<string, string>> = { all: "x y", x: "x", "x,y": "x y", y: "y" };

const has = (words: string | undefined, word: string) => words?.split(" ").includes(word) ?? false;
const record = fc.record({
  type: fc.constantFrom(...Object.keys(STATES)),
  database: fc.constantFrom(...Object.keys(DATABASES)),
  user: fc.constantFrom(...Object.keys(USERS)),
  address: fc.constantFrom(...Object.keys(ADDRESSES)),
});

const connections = ["socket", "plain", "tls", "gss"].flatMap((state) =>
  ["a", "b", "all", "(replication)"].flatMap((database) =>
    ["x", "y"].flatMap((user) =>
      (state === "socket" ? ["-"] : ["10.0.0.1", "10.1.0.1", "::1"]).map((ip) => ({
        state,
        database,
        user,
        ip,
      })),
    ),
  ),
);

test("no connection gets to a record that is said to be dead, nor by a transport that is said to be closed", () => {
  fc.assert(
    fc.property(fc.array(record, { minLength: 2, maxLength: 8 }), (records) => {
      const lines = records.map(
        ({ type, database, user, address }) =>
          `${type} ${database} ${user} ${type === "local" ? "" : address} trust`,
      );
      const open = reachOf(lines).map((remainder) => remainder.open);
      for (const { state, database, user, ip } of connections) {
        const first = records.findIndex(
          (record) =>
            has(STATES[record.type], state) &&
            has(DATABASES[record.database], database) &&
            has(USERS[record.user], user) &&
            (ip === "-" || has(ADDRESSES[record.address], ip)),
        );
        if (first === -1) continue;
        const bit = { socket: SOCKET, plain: PLAIN, tls: TLS, gss: GSS }[state] ?? 0;
        expect((open[first] ?? 0) & bit, lines.join("\n")).not.toBe(0);
      }
    }),
    { numRuns: 500 },
  );
});

test("a file of 100,000 lines takes no more than its share", () => {
  const lines = Array.from(
    { length: 100_000 },
    (_, at) => `host db${at % 500} app${at} 10.${at & 255}.${(at >> 8) & 255}.0/24 scram-sha-256`,
  );
  const source = sourceOf("pg_hba.conf", lines.join("\n"));
  const readFrom = performance.now();
  const hba = readHba(fileSet([source]), source, facts(18));
  const read = performance.now() - readFrom;
  const from = performance.now();
  expect(new HbaReach(hba).lines.every(({ open }) => open !== 0)).toBe(true);
  expect(performance.now() - from).toBeLessThan(5 * read + 100);
});

describe("verdicts", () => {
  function verdicts(lines: readonly string[], ways?: number) {
    const source = sourceOf("pg_hba.conf", lines.join("\n"));
    const reach = new HbaReach(readHba(fileSet([source]), source, facts(18)));
    return lines.map((_, index) => reach.verdict(index, ways));
  }
  const last = (lines: readonly string[], ways?: number) => verdicts(lines, ways).at(-1);

  test("a line that lives has a connection that gets to it", () => {
    const lines = ["host all all 10.0.0.0/9 md5", "hostssl shop app,web 10.0.0.0/8 cert"];
    expect(last(lines)).toEqual({
      kind: "alive",
      witness: {
        user: "app",
        database: "shop",
        address: "10.128.0.1",
        tls: true,
        gss: false,
        roles: { app: { memberOf: [] } },
        interfaces: [],
        hostnames: {},
      },
    });
  });

  test("it says what it takes for granted of the server", () => {
    const lines = ["host shop +staff .example.com md5", "host samerole all samenet md5"];
    expect(verdicts(lines)).toMatchObject([
      {
        kind: "alive",
        witness: {
          user: "staff_member",
          roles: { staff_member: { memberOf: ["staff"] } },
          hostnames: { "host1.example.com": ["192.0.2.1"] },
        },
      },
      {
        kind: "alive",
        witness: {
          user: "someone",
          database: "somegroup",
          address: "192.0.2.1",
          roles: { someone: { memberOf: ["somegroup"] } },
          interfaces: ["192.0.2.0/24"],
        },
      },
    ]);
  });

  test.each([
    ["local all +staff peer", "local all app peer", ["app is a member of staff"]],
    ["local samerole all peer", "local shop app peer", ["app is a member of shop"]],
    ["host all all samenet md5", "host all all 10.0.0.1/32 md5", ["10.0.0.1 is in a network of the server"]],
    ["host all all db.example.com md5", "host all all 10.0.0.1/32 md5", ["10.0.0.1 is db.example.com"]],
  ])("%s before %s: it depends", (first, second, because) => {
    expect(last([first, second])).toMatchObject({ kind: "undecidable", because });
  });

  test("a dead line has the lines that take its connections, and only them", () => {
    const halves = (name: string) =>
      ["10.0.0.0/9", "10.128.0.0/9"].map((net) => `host ${name} all ${net} md5`);
    const verdict = last([...halves("crm"), ...halves("shop"), "hostssl shop app 10.0.0.0/8 cert"]);
    expect(verdict?.kind === "dead" && verdict.by.map(({ record }) => record.line)).toEqual([3, 4]);
  });

  test("a way on which nobody comes is no life", () => {
    const lines = ["hostnossl all all all md5", "host shop app 10.0.0.0/8 scram-sha-256"];
    expect(last(lines)?.kind).toBe("alive");
    expect(last(lines, PLAIN | GSS | SOCKET)).toEqual({ kind: "dead", by: [] });
  });

  test("a name that is too long for the server, or empty, is nobody's", () => {
    expect(last([`local all ${"x".repeat(64)} peer`])).toEqual({ kind: "dead", by: [] });
    expect(last([`local all ${"x".repeat(63)} peer`])?.kind).toBe("alive");
    expect(last(['host all all "" md5'])).toEqual({ kind: "dead", by: [] });
  });

  test("what takes too much to tell is undecidable", () => {
    const list = (name: string) => Array.from({ length: 400 }, (_, at) => `${name}${at}`).join(",");
    const lines = ["10.0.0.0/9", "10.128.0.0/9", "10.0.0.0/8"].map(
      (net) => `host ${list("db")} ${list("u")} ${net} md5`,
    );
    expect(last(lines)).toMatchObject({ kind: "undecidable", because: ["too many combinations to look at"] });
  });
});
