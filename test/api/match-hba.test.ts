import { describe, expect, test } from "vitest";
import { ConnectionError, type HbaConnection, type MatchInput, matchHba } from "../../src/index.ts";

const BOB: HbaConnection = { user: "bob", database: "app", address: "10.1.2.3" };

function match(text: string, connection: Partial<HbaConnection> = {}, more: Partial<MatchInput> = {}) {
  return matchHba({
    files: [{ path: "pg_hba.conf", text }],
    connection: { ...BOB, ...connection },
    ...more,
  });
}
const lineOf = (...input: Parameters<typeof match>) => match(...input).line;
const on = (postgres: string) => ({ target: { postgres } });

test("the first line that matches tells path, line, method and options", () => {
  const text = "local all all peer\nhostssl app bob 10.0.0.0/8 cert map=m\nhost all all all reject\n";
  expect(match(text, { tls: true })).toEqual({
    path: "pg_hba.conf",
    line: 2,
    method: "cert",
    options: ["map=m", "clientcert=verify-full"],
  });
  expect(match(text)).toEqual({ path: "pg_hba.conf", line: 3, method: "reject", options: [] });
});

test("a line of an included file is told with its own path", () => {
  const files = [
    { path: "etc/pg_hba.conf", text: "include more.conf\n" },
    { path: "etc/more.conf", text: "# none\nhost all all all trust\n" },
  ];
  expect(matchHba({ files, connection: BOB })).toMatchObject({ path: "etc/more.conf", line: 2 });
});

describe("where no line matches, in the words of the server", () => {
  const text = "host all all 127.0.0.1/32 trust\n";
  const start = 'no pg_hba.conf entry for host "10.1.2.3", user "bob", database "app", ';
  test.each<[string, Partial<HbaConnection>, string]>([
    ["18", {}, `${start}no encryption`],
    ["18", { tls: true }, `${start}SSL encryption`],
    ["18", { gss: true }, `${start}GSS encryption`],
    ["13", { tls: true }, `${start}SSL on`],
    ["18", { address: null }, `${start}no encryption`.replace("10.1.2.3", "[local]")],
    [
      "18",
      { replication: "physical" },
      'no pg_hba.conf entry for replication connection from host "10.1.2.3", user "bob", no encryption',
    ],
  ])("%s: %j", (version, connection, because) => {
    expect(match(text, connection, on(version))).toEqual({ line: null, because });
  });
});

describe("how it comes in", () => {
  const text = ["local", "hostssl", "hostgssenc", "hostnossl", "hostnogssenc", "host"]
    .map((type) => `${type} all all ${type === "local" ? "" : "all "}trust\n`)
    .join("");
  test.each<[Partial<HbaConnection>, number]>([
    [{ address: null }, 1],
    [{ tls: true }, 2],
    [{ gss: true }, 3],
    [{}, 4],
    [{ address: null, tls: true }, 1],
  ])("%j hits line %i", (connection, line) => {
    expect(lineOf(text, connection)).toBe(line);
  });

  test.each<[string, Partial<HbaConnection>, string, MatchInput["dialect"]]>([
    ["18", { tls: true, gss: true }, "TLS or with GSSAPI", "postgres"],
    ["11", { gss: true }, "came with 12", "postgres"],
    ["18", { gss: true }, "PgBouncer has no GSSAPI", "pgbouncer"],
    ["18", { address: "db1" }, '"db1" is no IP address', "postgres"],
    ["18", { interfaces: ["eth0"] }, '"eth0" is no address of an interface', "postgres"],
  ])("PostgreSQL %s, %j: there is no such connection", (version, connection, message, dialect) => {
    const attempt = () => match("host all all all trust\n", connection, { ...on(version), dialect });
    expect(attempt).toThrow(ConnectionError);
    expect(attempt).toThrow(message);
  });
});

describe("addresses", () => {
  test.each<[string, string, boolean]>([
    ["10.0.0.0/8", "10.1.2.3", true],
    ["10.9.9.9/8", "10.1.2.3", true],
    ["10/8", "10.1.2.3", false],
    ["0.0.0.0/0", "::1", false],
    ["::/0", "10.1.2.3", false],
    ["::ffff:10.0.0.0/104", "10.1.2.3", false],
    ["10.1.2.3 255.0.255.0", "10.99.2.77", true],
    ["10.1.2.3 255.0.255.0", "10.99.3.3", false],
    ["2001:db8::/33", "2001:db8:7fff::1", true],
    ["2001:db8::/33", "2001:db8:8000::1", false],
    ["fe80::/10", "fe80::1%eth7", true],
    ["samehost", "127.0.0.1", true],
    ["samenet", "127.8.8.8", true],
  ])("%s holds %s: %s", (address, client, holds) => {
    expect(lineOf(`host all all ${address} trust\n`, { address: client })).toBe(holds ? 1 : null);
  });

  test("samehost and samenet are known by the interfaces", () => {
    const text = "host all all samehost trust\nhost all all samenet trust\n";
    expect(lineOf(text)).toBe("unknown");
    const interfaces = ["192.168.1.2/24", "10.1.2.3/30", "fd00::1/64"];
    const from = (address: string) => lineOf(text, { address, interfaces });
    expect(["10.1.2.3", "10.1.2.2", "10.1.2.4", "fd00::2", "fd01::2"].map(from)).toEqual([
      1,
      2,
      null,
      2,
      null,
    ]);
    expect(match("host all all samenet trust\n", { interfaces: ["10.1.2.4"] })).toEqual({
      line: "unknown",
      because: "line 1 if 10.1.2.3 is in the network of 10.1.2.4; otherwise no line",
    });
  });

  test("a host name is that of the reverse lookup, and has the address as well", () => {
    const text = "host all all app1 trust\nhost all all .Example.com trust\nhost all all all reject\n";
    const hit = (hostnames: HbaConnection["hostnames"]) => lineOf(text, { hostnames });
    expect(match(text)).toEqual({
      line: "unknown",
      because: "line 1 if 10.1.2.3 is app1; line 2 if 10.1.2.3 is .Example.com; otherwise line 3",
    });
    expect(hit({ "APP1.example.COM": ["10.1.2.3"], app1: ["10.1.2.3"] })).toBe(2);
    expect(hit({ app1: ["10.9.9.9", "10.1.2.3"] })).toBe(1);
    expect(hit({ "example.com": ["10.1.2.3"] })).toBe(3);
    expect(hit({ app1: ["10.9.9.9"] })).toBe(3);
    // The reverse lookup names a host that does not know the address.
    expect(hit({ "10.1.2.3": ["app1"], app1: ["10.9.9.9"] })).toBe(3);
    expect(hit({ "10.1.2.3": ["app1"], app1: ["10.9.9.9", "10.1.2.3"] })).toBe(1);
  });
});

describe("databases", () => {
  test("all is every database and no physical replication, which has a word of its own", () => {
    const text = 'host "replication" all all trust\nhost all all all trust\nhost replication all all trust\n';
    expect(lineOf(text)).toBe(2);
    expect(lineOf(text, { database: "replication" })).toBe(1);
    expect(lineOf(text, { replication: "logical" })).toBe(2);
    expect(lineOf(text, { replication: "physical" })).toBe(3);
  });

  test("sameuser compares the two names", () => {
    expect(lineOf("host sameuser all all trust\n", { database: "bob" })).toBe(1);
    expect(lineOf("host sameuser all all trust\n")).toBe(null);
  });
});

describe("roles", () => {
  const text = "host all +staff all trust\nhost samerole all all md5\n";
  const roles = { bob: { memberOf: ["admins"], inherit: false }, admins: { memberOf: ["staff"] }, staff: {} };

  test("without memberships it depends, and only where it really does", () => {
    expect(match(text)).toEqual({
      line: "unknown",
      because: "line 1 if bob is a member of staff; line 2 if bob is a member of app; otherwise no line",
    });
    expect(lineOf("host other +staff all trust\nhost all all all md5\n")).toBe(2);
    expect(lineOf("host all +staff,bob all trust\n")).toBe(1);
    expect(lineOf("host all +bob all trust\n")).toBe(1);
  });

  test("memberships go on through other roles; who is not among all roles is in none", () => {
    expect(lineOf(text, { roles })).toBe(1);
    expect(lineOf(text, { roles, user: "admins" })).toBe(1);
    expect(lineOf("host samerole all all md5\n", { roles, database: "staff" })).toBe(1);
    expect(lineOf(text, { roles, user: "eve", database: "eve" })).toBe(null);
  });

  test("a superuser is a member of nothing by that", () => {
    expect(lineOf("host all +staff all trust\n", { roles: { bob: { superuser: true }, staff: {} } })).toBe(
      null,
    );
  });

  test("two that grant each other are no endless loop", () => {
    const loop = { bob: { memberOf: ["a"] }, a: { memberOf: ["bob"] } };
    expect(lineOf("host all +c all trust\n", { roles: loop })).toBe(null);
  });
});

describe("names", () => {
  test("expressions came with 16", () => {
    expect(lineOf('host "/^a" all all trust\n')).toBe(1);
    expect(lineOf("host /^a all all trust\n", {}, on("15"))).toBe(null);
    expect(lineOf("host /^a all all trust\n", { database: "/^a" }, on("15"))).toBe(1);
  });

  test("an expression that only PostgreSQL itself is sure of leaves it open", () => {
    expect(match("host /(p)\\1 all all trust\nhost all all all md5\n")).toEqual({
      line: "unknown",
      because:
        "line 1 if /(p)\\1 is found in app (the back reference \\1 is not followed here); otherwise line 2",
    });
    expect(lineOf("host /(p)\\1,app all all trust\n")).toBe(1);
  });

  test("quotes make a name of a word", () => {
    expect(lineOf('host "all" "+bob" all trust\n')).toBe(null);
    expect(lineOf('host "all" "+bob" all trust\n', { database: "all", user: "+bob" })).toBe(1);
  });

  test("the server cuts names at 63 bytes, but for the first releases of 17", () => {
    const long = "é".repeat(40);
    const cut = Buffer.from(long).subarray(0, 63);
    const text = Buffer.concat([Buffer.from("host all "), cut, Buffer.from(" all trust\n")]);
    const hit = (postgres: string) =>
      matchHba({
        files: [{ path: "pg_hba.conf", text }],
        target: { postgres },
        connection: { ...BOB, user: long },
      }).line;
    expect([hit("16"), hit("17.2"), hit("17.3")]).toEqual([1, null, 1]);
  });

  test("with db_user_namespace a user is one of a database", () => {
    const more = { ...on("16"), settings: { db_user_namespace: true } };
    expect(lineOf("host all bob@app all trust\n", {}, more)).toBe(1);
    expect(lineOf("host all bob all trust\n", { user: "bob@" }, more)).toBe(1);
  });
});

test("a file that the server refuses leaves it open: one that runs goes on with the old one", () => {
  expect(match("host all all all trust\nhots all all all trust\n")).toEqual({
    line: "unknown",
    because: 'the server does not load it: line 2: invalid connection type "hots"',
  });
  expect(matchHba({ files: [], connection: BOB })).toEqual({
    line: "unknown",
    because: 'could not open file "": No such file or directory',
  });
});

describe("PgBouncer", () => {
  const pooler = (pgbouncer = "1.25") => ({ dialect: "pgbouncer" as const, target: { pgbouncer } });

  test("skips what it does not take, and reads on", () => {
    const text = "host all +staff all reject\nhost all all 10.1.2.3/8 trust\nhost all /^b all trust\n";
    expect(match(text, {}, pooler())).toEqual({ line: null, because: "no authentication method is found" });
    expect(match(text, {}, pooler("1.18"))).toEqual({ line: null, because: "login rejected" });
    expect(lineOf(`${text}host all all 10.0.0.0/8 trust\n`, {}, pooler())).toBe(4);
  });

  test("has sameuser for users too, and no TLS on the Unix socket", () => {
    expect(lineOf("host all sameuser all trust\n", { database: "bob" }, pooler())).toBe(1);
    expect(lineOf("local all all peer\n", { address: null, tls: true }, pooler())).toBe(1);
  });

  test("replication came with 1.23", () => {
    const text = "host all all 0.0.0.0/0 trust\nhost replication all 0.0.0.0/0 md5\n";
    expect(lineOf(text, { replication: "physical" }, pooler())).toBe(2);
    expect(match(text, { replication: "physical" }, pooler("1.22"))).toEqual({
      line: null,
      because: "unsupported startup parameter: replication",
    });
  });

  test.each<[string, string, string, boolean]>([
    ["names in a file", "1.25", "host @names.txt all 0.0.0.0/0 md5", true],
    ["a blank line among them", "1.25", "host @blank.txt all 0.0.0.0/0 md5", false],
    ["a quote without an end", "1.25", 'host all "bob 0.0.0.0/0 md5', false],
    ["two masks", "1.25", "host all all 10.0.0.0/8/8 md5", false],
    ["a mask with a sign", "1.25", "host all all 10.0.0.0/+8 md5", true],
    ["replication among others", "1.23", "host app,replication all 0.0.0.0/0 md5", true],
    ["and before it came", "1.22", "host app,replication all 0.0.0.0/0 md5", false],
    ["bits outside of the mask", "1.25", "host all all 10.1.2.3/8 md5", false],
    ["the address all", "1.23", "host all all all md5", true],
    ["and before it came", "1.22", "host all all all md5", false],
  ])("%s, %s: %s", (_what, version, line, hits) => {
    const files = [
      { path: "hba.conf", text: `${line}\n` },
      { path: "names.txt", text: "x, y\napp ignored\n" },
      { path: "blank.txt", text: "app\n\n" },
    ];
    expect(matchHba({ files, connection: BOB, ...pooler(version) }).line).toBe(hits ? 1 : null);
  });

  test("a map has to be in the auth_ident_file", () => {
    const hba = { path: "hba.conf", text: "local all all peer map=m\nlocal all all md5\n" };
    const ident = { path: "ident.conf", text: "m root bob\n" };
    const connection = { ...BOB, address: null };
    expect(matchHba({ files: [hba], connection, ...pooler() }).line).toBe(2);
    expect(matchHba({ files: [hba, ident], connection, ...pooler() })).toEqual({
      path: "hba.conf",
      line: 1,
      method: "peer",
      options: ["map=m"],
    });
  });
});
