import catalog from "../../src/catalog/pgbouncer.json";
import { Dice } from "./dice.ts";
import { OWN, POOLER_FILES } from "./pooler-probes.ts";
import type { Probe } from "./probe.ts";

const SETTINGS: readonly {
  readonly name: string;
  readonly type: string;
  readonly values?: readonly string[];
}[] = catalog.settings;

/** Random texts for pgbouncer.ini, the same for the same seed. */
export function* randomPoolerProbes(count: number, seed: number): Generator<Probe> {
  const dice = new Dice(seed);
  const usable = SETTINGS.filter(({ name }) => !OWN.has(name) && !/_tls_|^auth_type$/.test(name));
  const setting = () => {
    const { name, type, values = [] } = dice.pick(usable);
    const value = type === "enum" ? dice.mangle(dice.pick([...values])) : dice.mangle(dice.pick(VALUES));
    return `${dice.chance(0.05) ? dice.mangle(name) : name}${dice.pick(EQUALS)}${value}`;
  };
  for (let made = 0; made < count; made++) {
    const databases = dice.times(
      0,
      2,
      () => `${dice.mangle(dice.pick(NAMES))}${dice.pick(EQUALS)}${connection(dice)}`,
    );
    const users = dice.times(
      0,
      1,
      () =>
        `${dice.pick(NAMES)} = ${dice.pick(["pool_mode=session", "max_user_connections=5", "x=1", "pool_mode=x", ""])}`,
    );
    const parts = [
      ["[pgbouncer]", ...dice.times(0, 2, setting)],
      ...(databases.length > 0 ? [["[databases]", ...databases]] : []),
      ...(users.length > 0 ? [["[users]", ...users]] : []),
      ...(dice.chance(0.15) ? [[dice.pick(ODD)]] : []),
    ];
    const end = dice.pick(["\n", "\n", "\n", "\r\n", "\n\n", " \n"]);
    yield {
      suite: "pgbouncer",
      group: "random",
      text: parts.flat().join(end) + dice.pick(["\n", ""]),
      files: POOLER_FILES,
    };
  }
}

function connection(dice: Dice): string {
  return dice
    .times(0, 4, () =>
      dice.mangle(`${dice.pick(KEYS)}${dice.pick(["=", "=", "=", " = ", "= "])}${dice.pick(PARTS)}`),
    )
    .join(dice.pick([" ", " ", "  ", "\t", ";"]));
}

const EQUALS = [" = ", "=", "\t=\t", " =", "= ", " == ", " : "];
const VALUES = [
  "0",
  "1",
  "5",
  "-1",
  "+5",
  "010",
  "08",
  "0x10",
  "1.5",
  ".5",
  "5.",
  "1e3",
  "1e400",
  "inf",
  "nan",
  "5s",
  "5 s",
  "",
  "abc",
  "2147483648",
  "9223372036854775808",
  "18446744073709551616",
  "1,2",
  "on",
  "'5'",
  '"5"',
  "5;",
  "5 # c",
  "é",
  "0x",
  "0b1",
  "1_000",
  "٣",
];
const NAMES = ["db", "my-db", "*", "a.b", "all", "pgbouncer", "x y", "'q'", '"q"', "é", "1", "u", "A"];
const KEYS =
  "host port dbname user password auth_user pool_size min_pool_size reserve_pool max_db_connections pool_mode connect_query client_encoding datestyle timezone application_name sslmode nope HOST auth_dbname server_lifetime load_balance_hosts reserve_pool_size max_db_client_connections auth_query".split(
    " ",
  );
const PARTS = [
  "h",
  "a,b",
  "5",
  "0",
  "-1",
  "x",
  "5432",
  "65536",
  "session",
  "TRANSACTION",
  "statement",
  "'a b'",
  "'a''b'",
  "''",
  "'a",
  "a'b",
  '"a"',
  "",
  "utf8",
  "iso",
  "/tmp",
  "2.9",
  "'5'x",
];
const ODD = [
  "[nope]",
  "[users",
  "[]",
  "%include inc.ini",
  "%include nope.ini",
  "; c",
  "# c",
  "x",
  "= 5",
  "[pgbouncer]",
  "[databases] x = host=h",
  "\ufeff",
  "\u000b",
  "'a' = b",
  "%",
  "[peers]\n1 = host=h",
  "[peers]",
];
