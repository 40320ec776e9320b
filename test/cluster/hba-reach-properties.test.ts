import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { matchHba } from "../../src/api/match-hba.ts";
import { readHba } from "../../src/cluster/hba.ts";
import { HbaReach } from "../../src/cluster/hba-reach.ts";
import { fileSet } from "../../src/text/files.ts";
import { sourceOf } from "../../src/text/source.ts";

interface Line {
  readonly type: string;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  readonly address: string;
}

interface Connection {
  readonly user: string;
  readonly database: string;
  readonly address: string | null;
  readonly tls: boolean;
  readonly gss: boolean;
  readonly replication?: "physical" | undefined;
  readonly roles: Readonly<Record<string, { readonly memberOf?: readonly string[] }>>;
  readonly interfaces: readonly string[];
  readonly hostnames: Readonly<Record<string, readonly string[]>>;
}

const textOf = ({ type, databases, users, address }: Line) =>
  `${type} ${databases.join(",")} ${users.join(",")} ${type === "local" ? "" : address} trust`;

function reachOf(lines: readonly Line[]): HbaReach {
  const source = sourceOf("pg_hba.conf", lines.map(textOf).join("\n"));
  const version = { major: 18, minor: null };
  const hba = readHba(fileSet([source]), source, {
    version,
    ssl: true,
    oauthLibraries: "",
    userNamespace: false,
  });
  expect(hba.problems).toEqual([]);
  return new HbaReach(hba);
}

/** The words of the documentation, one after the other. */
function matches(line: Line, connection: Connection): boolean {
  const { user, database, address, tls, gss, replication, roles } = connection;
  const groups = new Set(user in roles ? [user] : []);
  for (const group of groups) for (const more of roles[group]?.memberOf ?? []) groups.add(more);
  const isNamed = (word: string, name: string) =>
    word.startsWith("/^") ? name.startsWith(word.slice(2)) : word.replaceAll('"', "") === name;
  const type =
    address === null
      ? line.type === "local"
      : { host: true, hostssl: tls, hostnossl: !tls, hostgssenc: gss, hostnogssenc: !gss }[line.type];
  const isDatabase = line.databases.some((word) => {
    if (replication === "physical" || word === "replication")
      return replication === "physical" && word === "replication";
    if (word === "all") return true;
    if (word === "sameuser") return user === database;
    return word === "samerole" ? groups.has(database) : isNamed(word, database);
  });
  const isUser = line.users.some(
    (word) => word === "all" || (word.startsWith("+") ? groups.has(word.slice(1)) : isNamed(word, user)),
  );
  return (
    type === true && isDatabase && isUser && (address === null || isFrom(line.address, address, connection))
  );
}

function isFrom(written: string, address: string, { interfaces, hostnames }: Connection): boolean {
  const own = ["127.0.0.1/8", "::1/128", ...interfaces];
  if (written === "all") return true;
  if (written === "samehost") return own.some((its) => bitsOf(its.split("/")[0]) === bitsOf(address));
  if (written === "samenet") return own.some((its) => isInside(its, address));
  if (/^[\d:]/.test(written)) return isInside(written, address);
  const name = Object.keys(hostnames).find((host) => hostnames[host]?.includes(address));
  return name !== undefined && (written.startsWith(".") ? name.endsWith(written) : name === written);
}

function isInside(written: string, address: string): boolean {
  const [ip, mask = ""] = written.split(/[/ ]/);
  const [bits, own] = [bitsOf(ip), bitsOf(address)];
  const compared = /^\d+$/.test(mask) ? "1".repeat(Number(mask)).padEnd(bits.length, "0") : bitsOf(mask);
  return bits.length === own.length && [...compared].every((one, at) => one === "0" || bits[at] === own[at]);
}

function bitsOf(ip = ""): string {
  if (!ip.includes(":"))
    return ip
      .split(".")
      .map((byte) => Number(byte).toString(2).padStart(8, "0"))
      .join("");
  const [head = "", tail] = ip.split("::").map((part) => part.split(":").filter(Boolean));
  const middle = Array.from({ length: 8 - head.length - (tail?.length ?? 0) }, () => "0");
  return [...head, ...middle, ...(tail ?? [])]
    .map((group) => Number.parseInt(group, 16).toString(2).padStart(16, "0"))
    .join("");
}

const some = (words: readonly string[]) =>
  fc.uniqueArray(fc.constantFrom(...words), { minLength: 1, maxLength: 3 });
const TYPES = ["local", "host", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"];
const NETWORKS =
  `all 0.0.0.0/0 ::/0 0.0.0.0/1 128.0.0.0/1 10.0.0.0/8 10.0.0.0/9 10.128.0.0/9 10.0.0.0/31 10.0.0.1/32
  ::/1 8000::/1 ::1/128 127.0.0.1/32 127.0.0.0/8`.split(/\s+/);
const ODD = [
  "10.0.0.1 255.0.0.1",
  "10.0.0.0 255.0.0.1",
  "0.0.0.0 0.0.0.1",
  "0.0.0.1 0.0.0.1",
  "::1 ::1",
  "1:: 1::f",
];

const literal: fc.Arbitrary<Line> = fc.record({
  type: fc.constantFrom(...TYPES),
  databases: some(["all", "a", "b", '"all"', "replication", "sameuser"]),
  users: some(["all", "a", "x", '"+g"']),
  address: fc.constantFrom(...NETWORKS, ...ODD),
});
const anyLine: fc.Arbitrary<Line> = fc.record({
  type: fc.constantFrom(...TYPES),
  databases: some(["all", "a", "b", "replication", "sameuser", "samerole", "/^a", "/^ab"]),
  users: some(["all", "a", "x", "+g", "+h", "/^x", "/^xy"]),
  address: fc.constantFrom(
    ...NETWORKS,
    ...ODD,
    ...["samehost", "samenet", "db.example.com", ".example.com", ".eu.example.com"],
  ),
});

const sub = (words: readonly string[]) => fc.subarray([...words]);
const ADDRESSES = "10.0.0.0 10.0.0.1 10.200.0.1 9.9.9.9 200.0.0.2 127.0.0.1 127.0.0.2 ::1 8000::2 1::3".split(
  " ",
);
const connection: fc.Arbitrary<Connection> = fc
  .record({
    user: fc.constantFrom("a", "x", "xy", "+g", "all", "someone", "g"),
    database: fc.constantFrom("a", "b", "ab", "all", "replication", "somewhere", "g", "x"),
    address: fc.option(fc.constantFrom(...ADDRESSES)),
    way: fc.constantFrom("plain", "tls", "gss"),
    replication: fc.constantFrom(undefined, undefined, "physical" as const),
    a: sub(["g", "h"]),
    x: sub(["g", "h", "a"]),
    interfaces: sub(["10.0.0.1/24", "200.0.0.9/8", "8000::1/64"]),
    hosts: fc.array(fc.constantFrom(...ADDRESSES), { maxLength: 3 }),
  })
  .map(({ way, a, x, hosts, ...rest }) => ({
    ...rest,
    tls: rest.address !== null && way === "tls",
    gss: rest.address !== null && way === "gss",
    roles: { a: { memberOf: a }, x: { memberOf: x }, xy: {}, g: {}, h: {}, someone: { memberOf: a } },
    hostnames: Object.fromEntries(
      hosts.map((ip, at) => [["db.example.com", "a.eu.example.com", "example.com"][at] ?? "", [ip]]),
    ),
  }));

const hitBy = (lines: readonly Line[], its: Connection) => lines.findIndex((line) => matches(line, its));

describe.each([
  ["names and networks", literal],
  ["roles, expressions, names of hosts and networks of the server as well", anyLine],
])("lines of %s", (_, line) => {
  const files = fc.array(line, { minLength: 1, maxLength: 7 });

  test("every witness gets to its line", () => {
    fc.assert(
      fc.property(files, (lines) => {
        const reach = reachOf(lines);
        for (const index of lines.keys()) {
          const verdict = reach.verdict(index);
          if (verdict.kind === "dead" || !verdict.witness) continue;
          const text = lines.map(textOf).join("\n");
          const said = `${text}\n${JSON.stringify(verdict)}`;
          expect(hitBy(lines, verdict.witness), said).toBe(index);
          const match = matchHba({
            files: [{ path: "pg_hba.conf", text }],
            target: { postgres: "18" },
            connection: verdict.witness,
          });
          expect(match.line, said).toBe(index + 1);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("no connection gets to a dead line, nor on a way that is closed", () => {
    fc.assert(
      fc.property(files, fc.array(connection, { minLength: 60, maxLength: 60 }), (lines, connections) => {
        const reach = reachOf(lines);
        for (const its of connections) {
          const index = hitBy(lines, its);
          if (index !== -1) expect(reach.lines[index]?.open, lines.map(textOf).join("\n")).not.toBe(0);
        }
      }),
      { numRuns: 200 },
    );
  });

  test("the lines that a dead one is blamed on take everything without the others", () => {
    fc.assert(
      fc.property(files, (lines) => {
        for (const { line, open, by } of reachOf(lines).lines) {
          if (open !== 0) continue;
          const blamed = [...by, line].flatMap(({ record }) => lines[record.line - 1] ?? []);
          expect(reachOf(blamed).lines.at(-1)?.open, lines.map(textOf).join("\n")).toBe(0);
        }
      }),
      { numRuns: 100 },
    );
  });

  test("a line more at the end changes nothing above it", () => {
    fc.assert(
      fc.property(files, line, (lines, more) => {
        const said = (reach: HbaReach) =>
          lines.map((_, index) => {
            const { kind } = reach.verdict(index);
            return { kind, open: reach.lines[index]?.open, by: reach.lines[index]?.by.length };
          });
        expect(said(reachOf([...lines, more]))).toEqual(said(reachOf(lines)));
      }),
      { numRuns: 200 },
    );
  });
});

test("names and networks leave nothing undecided", () => {
  fc.assert(
    fc.property(fc.array(literal, { minLength: 1, maxLength: 8 }), (lines) => {
      const reach = reachOf(lines);
      for (const index of lines.keys())
        expect(reach.verdict(index).kind, lines.map(textOf).join("\n")).not.toBe("undecidable");
    }),
    { numRuns: 200 },
  );
});
