import { settingsOf } from "../../src/catalog/postgres.ts";
import type { Setting } from "../../src/catalog/setting.ts";
import { MAJORS } from "../../src/catalog/version.ts";
import { Dice } from "./dice.ts";
import type { Probe } from "./probe.ts";

/** Settings whose answer depends on the machine, or that would send the messages elsewhere. */
export const UNSUITABLE =
  /^(?:lc_|data_directory$|external_pid_file$|hba_file$|ident_file$|dynamic_library_path$|server_version|config_file$)/;

/** Random texts for postgresql.conf, the same for the same seed: values put together from what each type reads. */
export function* randomConfProbes(count: number, seed: number): Generator<Probe> {
  const dice = new Dice(seed);
  const settings = new Map<string, Setting>();
  for (const major of MAJORS)
    for (const setting of settingsOf({ major, minor: null }))
      if (setting.module === null && !UNSUITABLE.test(setting.name)) settings.set(setting.name, setting);
  const all = [...settings.values()];
  const checked = all.filter(({ name }) => WORDS[name]);
  const numbers = all.filter(({ type }) => type === "integer" || type === "real");
  for (let made = 0; made < count; made++) {
    const kind = dice.pick(["number", "number", "number", "checked", "checked", "any", "line", "lines"]);
    let text: string;
    if (kind === "line") text = `${randomLine(dice)}\n`;
    else if (kind === "lines") {
      const some = dice.some(checked, 3).concat(dice.some(all, 3));
      text = dice.times(1, 5, () => assignment(dice, dice.pick(some))).join("");
    } else
      text = assignment(dice, dice.pick(kind === "number" ? numbers : kind === "checked" ? checked : all));
    if (dice.chance(0.03)) yield { suite: "conf", group: "random", text: bytesIn(dice, text), latin1: true };
    else yield { suite: "conf", group: "random", text };
  }
}

/** The text with a byte in it that is not UTF-8. */
function bytesIn(dice: Dice, text: string): string {
  const bytes = text.replace(/[^\0-\xff]/g, "?");
  const at = dice.below(bytes.length);
  return `${bytes.slice(0, at)}${dice.pick(["\xe9", "\x80", "\xff", "\xa0"])}${bytes.slice(at)}`;
}

function assignment(dice: Dice, setting: Setting): string {
  const name = dice.chance(0.1) ? dice.recase(setting.name) : setting.name;
  const value = randomValue(dice, setting);
  const bare = /^[A-Za-z0-9_]+$/.test(value) && dice.chance(0.5);
  return `${name} = ${bare ? value : quoted(dice, value)}\n`;
}

function quoted(dice: Dice, value: string): string {
  const escaped = value.replaceAll("\\", "\\\\").replaceAll("'", dice.chance(0.5) ? "''" : "\\'");
  return `'${escaped.replaceAll("\n", "\\n")}'`;
}

function randomValue(dice: Dice, setting: Setting): string {
  if (setting.type === "bool")
    return dice.mangle(dice.pick(["true", "false", "yes", "no", "on", "off", "1", "0"]));
  if (setting.type === "enum")
    return dice.mangle(
      dice.pick([...setting.values, ...Object.keys(setting.hidden), ...setting.buildValues]),
    );
  if (setting.type !== "string") return randomNumber(dice, setting);
  const words = WORDS[setting.name];
  if (!words) return dice.times(0, 4, () => dice.pick(JUNK)).join("");
  const gaps = GAPS[setting.name] ?? [" ", ",", ", ", "", " , "];
  let text = "";
  for (const word of dice.times(0, dice.pick([1, 2, 3, 6]), () => dice.pick(words)))
    text += (text === "" ? "" : dice.pick(gaps)) + (dice.chance(0.1) ? dice.mangle(word) : word);
  return text;
}

const SPACES = ["", "", "", " ", "  ", "\t", "\n"];
const UNITS = ["B", "kB", "MB", "GB", "TB", "us", "ms", "s", "min", "h", "d"];

function randomNumber(dice: Dice, { min, max, unit }: Setting): string {
  const around = dice.pick([
    0,
    1,
    min,
    max,
    min,
    max,
    16,
    100,
    2 ** 31 - 1,
    -(2 ** 31),
    2 ** 63,
    dice.below(1e6),
  ]);
  const size = dice.pick([1, 1, 1, 1, 8, 60, 1000, 1024, 1024 ** 2, 3600, 86400, 8192, 0.001]);
  const number = (around + dice.pick([0, 0, 0, 1, -1, 0.5, -0.5, 0.4999, 0.001])) / size;
  const shapes: (() => string)[] = [
    () => String(number),
    () => String(number),
    () => String(Math.trunc(number)),
    () => number.toFixed(dice.below(4)),
    () => `0x${Math.abs(Math.trunc(number)).toString(16)}`,
    () => `0${Math.abs(Math.trunc(number)).toString(8)}`,
    () => number.toExponential(dice.below(3)),
    () => dice.times(1, 6, () => dice.pick([..."0123456789.eE+-xXpP"])).join(""),
    () =>
      dice.pick(["inf", "nan", "-inf", "Infinity", ".", "-", "+", "1e", "0x", "1e400", "1e-400", "NaN(1)"]),
  ];
  const name = dice.chance(0.5) ? dice.pick(unit ? UNITS : ["", "", "", ...UNITS]) : "";
  const sign = dice.chance(0.05) ? "+" : "";
  const shape = dice.pick(shapes)();
  return `${dice.pick(SPACES)}${sign}${shape}${dice.pick(SPACES)}${dice.chance(0.1) ? dice.mangle(name) : name}${dice.pick(SPACES)}`;
}

const JUNK = [
  "a",
  "b c",
  "/",
  "'",
  '"',
  "é",
  "\\",
  "$user",
  "*",
  "1",
  "%m",
  "=",
  "#",
  ";",
  "\t",
  ",",
  "x".repeat(70),
];

function randomLine(dice: Dice): string {
  return dice.times(1, 7, () => dice.pick(TOKENS) + dice.pick(["", "", " "])).join("");
}

const TOKENS = [
  ..."=='\"#;,.:/\\-+_$%&*()[]{}<>@!?~^|` \t\r\v\f\0",
  ...[
    "port",
    "work_mem",
    "Port",
    "a.b",
    "a.b.c",
    "é",
    "\u00a0",
    "\ufeff",
    "x-y",
    "x:y",
    "fsync",
    "on",
    "off",
    "include",
  ],
  ...[
    "5433",
    "4MB",
    "1.5",
    "1e3",
    "0x1F",
    "0X1F",
    "-1",
    "+1",
    "''",
    "'a'",
    "'a''b'",
    "'\\'",
    "'\\061'",
    "'#'",
    "\\'",
  ],
  ...[
    "1.",
    ".5",
    "1.5e3",
    "0x",
    "1.5.5",
    "--",
    "..",
    "''''",
    "'''",
    "cluster_name",
    "foo.bar",
    "_",
    "1a",
    "a1",
    "a$b",
  ],
];

const NAMES = [
  "a",
  "B",
  "a_b",
  '"A b"',
  '"a""b"',
  '"',
  "*",
  "1",
  "a-b",
  "a$",
  "$a",
  "é",
  '""',
  "a.b",
  "'",
  "\u00a0",
];
const DATES = [
  ..."2024-02-29 2023-02-29 2024-1-5 1/2/2024 13/2/2024 24-01-02 20240131 240131 2024 0000-01-01 99 5".split(
    " ",
  ),
  ..."2024-001 2024.060 02.01.2024 2024-Jan-05 05-Jan-2024 J2451545 j 4714-11-24 294277-01-01 294276-12-31".split(
    " ",
  ),
  ..."10:00 1:2:3 10:00:00 25:00 24:00:00 10:61 10:00:60 10:00:61 10:00:00.5 10:30.5 10: 100000 T10:00 t1000".split(
    " ",
  ),
  ..."+01 -08:00 +0530 +16 +15:59 -08:00:30 Z UTC cet Europe/Berlin EST5EDT EST DST BC AD AM PM Mon Friday at on".split(
    " ",
  ),
  ..."Jan january Sept 32 now today epoch infinity -infinity allballs x 101530-08 10:00:00. , ( _ / 1700000000".split(
    " ",
  ),
];
const WORDS: Readonly<Record<string, readonly string[]>> = {
  DateStyle:
    'iso ISO sql postgres POSTGRESX german GERMAN euro european ymd dmy mdy us noneuro noneuropean default "ISO" "Postgres" "euro" "default" x isox'.split(
      " ",
    ),
  TimeZone: [
    ...[
      "UTC",
      "utc",
      "Europe/Berlin",
      "EST",
      "EST5",
      "EST5EDT",
      "CET-1CEST",
      "<+03>-3",
      "<x",
      "GMT0",
      "posix/UTC",
      "posixrules",
      "..",
      "/",
      "Europe",
    ],
    ...[
      "5",
      "-5",
      "1.5",
      "167",
      "168",
      "inf",
      "nan",
      "0x5",
      "1e1",
      "interval",
      "'1'",
      "'1 day'",
      "'08:00'",
      "'-08:00:30'",
      "'1 month'",
      "'P1D'",
    ],
    ...[
      ",M3.2.0,M11.1.0",
      ",J60,J300",
      ",0,365",
      "/2",
      ":30",
      ":",
      ";",
      "J366",
      "M13.1.0",
      "W-SU",
      "localtime",
      "zone.tab",
      "Factory",
    ],
  ],
  log_timezone: [
    "UTC",
    "Europe/Paris",
    "EST5EDT",
    "5",
    "-5",
    "interval '1'",
    "x",
    ":UTC",
    "<a>1",
    "us/Eastern",
    "Zulu",
    "GB",
    "a1b",
    ",M3.2.0/2,M11.1.0/2",
  ],
  timezone_abbreviations: [
    "Default",
    "India",
    "Australia",
    "default",
    ".txt",
    "Asia.txt",
    "/",
    "a",
    "1",
    "é",
    "Etc",
  ],
  log_destination: [
    "stderr",
    "csvlog",
    "jsonlog",
    "syslog",
    "eventlog",
    "STDERR",
    '"stderr"',
    '"StdErr"',
    "file",
    "",
    " ",
  ],
  search_path: NAMES,
  temp_tablespaces: NAMES,
  synchronous_standby_names: [
    "ANY",
    "first",
    "1",
    "2",
    "0",
    "(",
    ")",
    ",",
    "*",
    "a",
    '"a b"',
    '"any"',
    "a-b",
    "a$1",
    "$",
    "é",
    '"',
    '""',
    "\t",
    "007",
    "-",
    ";",
  ],
  client_encoding: [
    "utf8",
    "UTF-8",
    "latin1",
    "LATIN_9",
    "iso88591",
    "iso-8859-1",
    "sjis",
    "SQL_ASCII",
    "unicode",
    "UNICODE",
    "win",
    "win1252",
    "mule_internal",
    "koi8",
    "abc",
    "euc-jis-2004",
    "johab",
    "big5",
    "uhc",
    "gb18030",
    "x".repeat(70),
  ],
  application_name: ["a", "é", "\t", "\u007f", "€", "x".repeat(62), "\u0001"],
  cluster_name: ["a", "é", "\t", "ß", "x".repeat(61), "😀"],
  recovery_target: ["immediate", "Immediate", "x", " "],
  recovery_target_lsn: [
    "0",
    "/",
    "0/0",
    "16/B374D848",
    "FFFFFFFF/FFFFFFFF",
    "123456789/1",
    " ",
    "g",
    "x",
    "0x1",
  ],
  recovery_target_name: ["a", "é", "x".repeat(62), "x".repeat(63), " "],
  recovery_target_time: DATES,
  recovery_target_timeline: [
    "latest",
    "current",
    "LATEST",
    "5",
    "0",
    "-1",
    "4294967295",
    "4294967296",
    "99999999999999999999",
    "0x10",
    "010",
    "x",
    " ",
  ],
  recovery_target_xid: [
    "5",
    "0",
    "-1",
    "4294967295",
    "18446744073709551615",
    "18446744073709551616",
    "0x1F",
    "x",
    " ",
    "1.5",
  ],
  primary_slot_name: ["a", "b_1", "A", "-", "é", " ", "x".repeat(62), "\t"],
  synchronized_standby_slots: ["a", "b_1", "A", '"A"', "*", '"*"', "a-b", "", "x".repeat(64), '""'],
  wal_consistency_checking: ["all", "heap", "Heap2", "BTREE", '"hash"', '"GIN"', "xlog", "x", "", "generic"],
  backtrace_functions: ["f", "g_1", ";", "-", "\t", "é", '"f"', "\n"],
  createrole_self_grant: ["set", "SET", "inherit", '"set"', '"SET"', "x", ""],
  restrict_nonsystem_relation_kind: ["view", "foreign-table", "VIEW", '"view"', '"VIEW"', "table", ""],
  debug_io_direct: ["data", "wal", "wal_init", "DATA", '"wal"', "x", "", '"'],
  log_connections: [
    "on",
    "off",
    "true",
    "t",
    "all",
    "ALL",
    "receipt",
    "Authentication",
    "authorization",
    "setup_durations",
    '"all"',
    '"ALL"',
    "1",
    "0",
    "x",
    "",
  ],
  default_table_access_method: ["heap", "x", "é", "x".repeat(63), "x".repeat(64), " "],
  role: ["none", "NONE", "x", ""],
  session_authorization: ["none", "x", ""],
  transaction_isolation: [
    "serializable",
    "read committed",
    "repeatable read",
    "read uncommitted",
    "default",
    "SERIALIZABLE",
  ],
};
const GAPS: Readonly<Record<string, readonly string[]>> = {
  TimeZone: ["", "", " ", "\t"],
  log_timezone: ["", " "],
  timezone_abbreviations: ["", " "],
  recovery_target_time: [" ", " ", " ", "", "T"],
  recovery_target_lsn: ["", "", "/"],
  client_encoding: ["", " ", "-"],
  synchronous_standby_names: ["", " ", " "],
};
