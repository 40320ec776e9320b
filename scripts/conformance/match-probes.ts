import { Dice } from "./dice.ts";
import type { Probe, ProbeConnection } from "./probe.ts";

const FILES = {
  "who.txt": "u, mm\n+g # a group\n",
  "more.conf": "hostssl all u ::1/128 password\nhost app all 127.0.0.0/9 password\n",
};

/** Each kind of test that a record makes, from both sides. */
export function* matchProbes(): Generator<Probe> {
  const at = (text: string, ...connections: Partial<ProbeConnection>[]) =>
    connections.map((connection): Probe => {
      const full = { user: "u", database: "app", address: "127.0.0.1", ...connection };
      return { suite: "match", group: "fixed", text, files: FILES, connection: full };
    });
  const tls = { tls: true };
  const socket = { address: null };
  const six = { address: "::1" };
  yield* at("local all all password\n", {}, socket, tls, six);
  yield* at("hostssl all all all password\nhostnossl all all all password\n", {}, tls, six, {
    ...six,
    ...tls,
  });
  yield* at("hostgssenc all all all password\nhostnogssenc all all all password\n", {}, tls);
  yield* at(
    "host all all 127.0.0.1 255.0.0.255 password\n",
    {},
    { address: "127.9.9.1" },
    { address: "127.0.0.2" },
  );
  yield* at("host all all ::ffff:127.0.0.1/96 password\nhost all all ::/0 password\n", {}, six);
  yield* at("host all all 127.0.0.9/24 password\n", { address: "127.0.0.200" }, { address: "127.0.1.1" });
  yield* at("host all all samehost password\nhost all all samenet password\n", {}, six, {
    address: "127.0.0.2",
  });
  yield* at("host all all localhost password\n", {});
  yield* at("host all all LocalHost reject\n", {});
  yield* at("host all all .localhost password\nhost all all 127.1 password\n", {});
  yield* at(
    "host replication all all password\n",
    {},
    { replication: "physical" },
    { replication: "logical" },
  );
  yield* at(
    'host "replication" all all password\nhost all all all password\n',
    ...[
      { replication: "physical" as const },
      { database: "replication" },
      { database: "replication", replication: "logical" as const },
    ],
  );
  for (const user of ["g", "m", "mm", "ni", "su", "u", "nobody", "+g"])
    yield* at(
      "host all +g all password\nhost samerole all all password\nhost sameuser all all reject\n",
      ...[{ user }, { user, database: user }, { user, database: "g" }, { user, database: "m" }],
    );
  const long = "n".repeat(63);
  yield* at(
    `host all ${long} all password\nhost all ${long}n all reject\n`,
    { user: `${long}nn` },
    { user: long },
  );
  yield* at(`host /n{64} all all reject\nhost /^n{63}$ all all password\n`, { database: `${long}n` });
  yield* at(
    "host all é all password\nhost all /^.$ all reject\nhost all /^..$ all password\n",
    { user: "é" },
    { user: "ü" },
  );
  yield* at(
    "include more.conf\nhost all @who.txt all password\n",
    {},
    { user: "m", ...six },
    { ...six, ...tls },
    { user: "su", database: "x" },
  );
  for (const expression of EXPRESSIONS)
    for (const name of ["app", "app_1", "APP", "x.y", "a b"])
      yield* at(`host "/${expression.replaceAll('"', '""')}" all all password\n`, { database: name });
}

const EXPRESSIONS = [
  ...[
    "^app$",
    "app",
    "^a.p",
    "p+$",
    "^(app|x)",
    "\\d$",
    "\\w\\W",
    "_",
    "^[^a]",
    "[[:upper:]]{3}",
    "(?i)^app",
  ],
  ...["a{2,}", "p{2}", "^$", "", "***=app_", "\\mapp\\M", "\\yb", "[a-c] b", "(?=app)", "(?<!p)_", "(?<=p)_"],
  ...[
    "x\\.y",
    "x\\x2ey",
    "\\A.\\Z",
    "^.*?p$",
    "(a)pp",
    "(?:ap){1}p",
    "a|",
    "(|x)app",
    "^(?!app)",
    "[\\w.]+$",
  ],
  ...["[]a]", "\\s", "\\Sb", "(?c)APP"],
];

const USERS = ["u", "m", "mm", "g", "ni", "su", "nobody", "all", "+g", "a,b", "é", "U"];
const DATABASES = ["app", "app_1", "u", "m", "g", "replication", "all", "a b", "template1"];
const ADDRESSES = [null, "127.0.0.1", "127.0.0.2", "127.1.2.3", "127.255.0.9", "::1"];

/** Random files of a few records, each with some random connections; the same for the same seed. */
export function* randomMatchProbes(count: number, seed: number): Generator<Probe> {
  const dice = new Dice(seed);
  for (let made = 0; made < count; ) {
    const text = `${dice.times(1, 6, () => record(dice)).join("\n")}\n`;
    for (const connection of dice.times(1, 5, () => connectionTo(dice, text))) {
      if (made++ < count) yield { suite: "match", group: "random", text, files: FILES, connection };
    }
  }
}

function connectionTo(dice: Dice, text: string): ProbeConnection {
  // What else the reverse lookup of an address gives is up to the machine.
  const address = /localhost/i.test(text) ? dice.pick([null, "127.0.0.1"]) : dice.pick(ADDRESSES);
  return {
    user: dice.pick(USERS),
    database: dice.pick(DATABASES),
    address,
    ...(address !== null && dice.chance(0.4) && { tls: true }),
    ...(dice.chance(0.25) && { replication: dice.pick(["physical", "logical"] as const) }),
  };
}

function record(dice: Dice): string {
  const type = dice.pick(["local", "host", "host", "host", "hostssl", "hostnossl"]);
  const list = (words: readonly string[]) => dice.times(1, 3, () => dice.pick(words)).join(",");
  const field = (words: readonly string[]) => (dice.chance(0.4) ? "all" : list(words));
  const fields = [type, field(DATABASE_WORDS), field(USER_WORDS)];
  if (type !== "local") fields.push(dice.chance(0.4) ? "all" : dice.pick(ADDRESS_WORDS));
  return [...fields, dice.pick(["password", "password", "password", "reject"])].join(" ");
}

const NAMES = ["/^a", '"/^[a-m]+$"', "/^..?$", '"/a b|u$"', "/\\d", '"all"', "ALL", "'u'"];
const DATABASE_WORDS = [
  ...["all", "all", "sameuser", "samerole", "samegroup", "replication", '"replication"'],
  ...["app", "app_1", '"a b"', "u", "m", "+g", ...NAMES],
];
const USER_WORDS = [
  "all",
  "all",
  "u",
  "m",
  "ni",
  "é",
  "+g",
  "+m",
  '"+g"',
  "+su",
  "+nobody",
  '"a,b"',
  "@who.txt",
  ...NAMES,
];
const ADDRESS_WORDS = [
  ...["all", "all", "127.0.0.1/32", "127.0.0.0/8", "127.0.0.0/31", "127.1.0.0/16", "127.200.0.0 255.128.0.0"],
  ...["::1/128", "::/0", "::1/127", "::2/128", "0.0.0.0/0", "127.1.2.3 255.0.0.255", "127.0.0.2 0.0.0.255"],
  ...["samehost", "samenet", "10.0.0.0/8", "::ffff:127.0.0.0/104", "localhost", "LOCALHOST", '"all"'],
];
