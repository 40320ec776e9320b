import { Dice } from "./dice.ts";
import type { Probe } from "./probe.ts";

const FILES = {
  "users.txt": 'alice, bob # two\n"carol smith"\n+staff\n',
  "empty.txt": "# nobody\n",
  "rule.conf": "local all all trust\n",
  "bad.conf": "local all all nonsense\nhost all\n",
  "d/1.conf": "local one all trust\n",
  "d/2.conf": "host all\n",
};

/** Random texts for pg_hba.conf, the same for the same seed: each field from what it may hold, rarely what it may not. */
export function* randomHbaProbes(count: number, seed: number): Generator<Probe> {
  const dice = new Dice(seed);
  for (let made = 0; made < count; made++) {
    const lines = dice.times(1, 3, () => (dice.chance(0.1) ? junkLine(dice) : hbaLine(dice)));
    yield probe(dice, "hba", lines);
  }
}

/** The same for pg_ident.conf. */
export function* randomIdentProbes(count: number, seed: number): Generator<Probe> {
  const dice = new Dice(seed);
  for (let made = 0; made < count; made++) {
    const lines = dice.times(1, 3, () => {
      const fields = [
        dice.pick(MAPS),
        dice.pick([...NAMES, ...REGEXES]),
        dice.pick([...NAMES, ...REGEXES, "\\1"]),
      ];
      if (dice.chance(0.1)) fields.splice(dice.below(3), dice.below(2), dice.pick(NAMES));
      return fields.map((field) => rarely(dice, field)).join(dice.pick(GAPS));
    });
    yield probe(dice, "ident", lines);
  }
}

function probe(dice: Dice, suite: "hba" | "ident", lines: readonly string[]): Probe {
  const text =
    lines.join(dice.chance(0.05) ? "\r\n" : "\n") + dice.pick(["\n", "\n", "\n", "", "\r\n", " \\\n", "\\"]);
  const latin1 = dice.chance(0.03);
  if (latin1)
    return {
      suite,
      group: "random",
      text: `${text.replace(/[^\0-\xff]/g, "")}# \xe9\n`,
      latin1,
      files: FILES,
    };
  return { suite, group: "random", text, files: FILES };
}

const GAPS = [" ", " ", "\t", "  ", " \t "];

function hbaLine(dice: Dice): string {
  const type = dice.pick(TYPES);
  const list = (words: readonly string[]) =>
    dice.times(1, 3, () => dice.pick(words)).join(dice.pick([",", ",", ", ", ",,"]));
  const fields = [type, list(dice.chance(0.2) ? REGEXES : NAMES), list(dice.chance(0.2) ? REGEXES : NAMES)];
  if (type !== "local" || dice.chance(0.05)) fields.push(address(dice));
  fields.push(dice.pick(METHODS), ...dice.times(0, dice.pick([0, 1, 3]), () => option(dice)));
  if (dice.chance(0.05)) fields.splice(dice.below(fields.length), 1);
  return (
    fields.map((field) => rarely(dice, field)).join(dice.pick(GAPS)) +
    dice.pick(["", "", "", " # c", "#c", " "])
  );
}

/** Now and then a field is quoted, cut or changed in one place. */
function rarely(dice: Dice, field: string): string {
  if (dice.chance(0.04)) return `"${field.replaceAll('"', '""')}"`;
  return dice.chance(0.04) ? dice.mangle(field) : field;
}

const junkLine = (dice: Dice) =>
  dice
    .times(1, 8, () =>
      dice.pick([
        '"',
        "#",
        ",",
        "\\",
        "@",
        " ",
        "\t",
        "\r",
        "\v",
        "\f",
        "\0",
        "all",
        "local",
        "a",
        "\u00a0",
        "\ufeff",
        "é",
        "/",
        "+",
        "=",
        "\\\n",
        "\n",
        "include",
        "users.txt",
        "@users.txt",
      ]),
    )
    .join("");

function address(dice: Dice): string {
  const byte = () => dice.pick(["0", "1", "10", "255", "256", "010", "0x1f", "192", "08", "", "1a"]);
  const four = () => dice.times(1, 4, byte).join(".");
  const good = () => Array.from({ length: 4 }, () => String(dice.below(256))).join(".");
  const group = () => dice.pick(["0", "1", "ffff", "db8", "2001", "", "12345", "g", "1.2.3.4"]);
  const six = () => dice.times(2, 8, group).join(":");
  const ip = dice.pick([good, good, four, six, () => dice.pick(SIXES)])();
  const bits = dice.pick([
    "0",
    "8",
    "24",
    "32",
    "33",
    "64",
    "128",
    "129",
    "-1",
    "+8",
    "08",
    "",
    "x",
    "8 ",
    "0x8",
  ]);
  return dice.pick([
    () => `${ip}/${bits}`,
    () => `${ip}/${bits}`,
    () => `${good()}/${dice.below(33)}`,
    () => `${good()}/${dice.below(33)}`,
    () =>
      `${ip}${dice.pick(GAPS)}${dice.pick(["255.255.255.0", "255.0.255.0", "ffff::", "8", "0", four(), six()])}`,
    () =>
      dice.pick([
        "all",
        "samehost",
        "samenet",
        "ALL",
        "db.example.com",
        ".example.com",
        "localhost",
        "-",
        "*",
        "a_b",
        "..",
        "1.2.3.4.5",
      ]),
  ])();
}

const SIXES = [
  "::1",
  "::",
  "fe80::1",
  "fe80::1%lo",
  "fe80::1%1",
  "fe80::1%nope",
  "::ffff:1.2.3.4",
  "1::",
  "[::1]",
  "::1.2.3.400",
  "1:2:3:4:5:6:7:8",
  "1:2:3:4:5:6:7::",
  "::2:3:4:5:6:7:8",
  "0:0:1::",
  "2001:0DB8::00A0",
  "1:0:0:1:0:0:0:1",
  "1:0:0:2:0:0:3:4",
  "::1.2.3.4",
  "64:ff9b::1.2.3.4",
  ":::",
  "1::2::3",
];
const TYPES = [
  ..."local local host host host hostssl hostssl hostnossl hostgssenc hostnogssenc".split(" "),
  ...[
    "HOST",
    "hosts",
    "local,host",
    "",
    "@empty.txt",
    "include",
    "include_dir",
    "include_if_exists",
    "+host",
  ],
];
const NAMES = [
  "all",
  "all",
  "sameuser",
  "samerole",
  "samegroup",
  "replication",
  "a",
  "B",
  '"a b"',
  '""',
  '"all"',
  '"replication"',
  "+staff",
  "+",
  '+"a b"',
  '"+a"',
  "@users.txt",
  "@empty.txt",
  "@nope.txt",
  "@",
  "a@b",
  "é",
  '"a""b"',
  'a"b c"d',
  "'a'",
  "-",
  "*",
  "%",
  "=x",
  "a=b",
];
const MAPS = ["m", "M", "m", "n", '"m n"', "m,n", '""', "include", "@users.txt"];
const REGEXES = [
  "/^a$",
  "/",
  "/(a|b)+",
  "/(",
  "/)",
  "/[",
  "/[]a]",
  "/[a-z]+",
  "/[z-a]",
  "/a{2}",
  "/a{2,1}",
  "/a{,3}",
  "/a{3,}?",
  "/{1}",
  "/*a",
  "/a**",
  "/a+?",
  "/\\d+",
  "/\\w\\W\\s\\y\\m\\M",
  "/\\q",
  "/\\x41",
  "/\\u0041",
  "/\\1",
  "/(a)\\1",
  "/(?:a)\\1",
  "/(?i)a",
  "/(?#c)a",
  "/***=a(",
  "/***:a",
  "/***x",
  "/[[:digit:]]",
  "/[[:x:]]",
  "/[[.a.]]",
  "/[[.xx.]]",
  "/[[=a=]]",
  "/[[:<:]]a[[:>:]]",
  "/(?=a)",
  "/(?<=a)b",
  "/(?<!a",
  "/a|*b",
  "/^*",
  "/$+",
  "/\\",
  "/a\\",
  "/é{2}",
  '"/a b"',
  "/a{1000}",
  "/a{255}",
  "/(?x)a #b",
  "/[\\d]",
  "/[^\\w]",
  "/[a-\\d]",
  "/\\A\\Z",
  "/(a",
  "/a{1",
  "/a{1,2",
  "/a{x}",
  "/()",
  "/(|a)",
  "/|",
  "/(?b)a{",
  "/(?e)a?",
  "/(?q)(",
];
const METHODS = [
  ..."trust trust reject md5 password scram-sha-256 ident peer cert radius oauth md5 trust".split(" "),
  ...[
    "gss",
    "sspi",
    "pam",
    "ldap",
    "bsd",
    "Trust",
    "md5,trust",
    "",
    "scram",
    "map=x",
    "255.255.255.0",
    "krb5",
  ],
];

function option(dice: Dice): string {
  const text = `${dice.pick(OPTION_NAMES)}=${dice.pick(OPTION_VALUES)}`;
  return dice.pick([text, text, text, `"${text}"`, dice.mangle(text), dice.pick(RADIUS)]);
}
const OPTION_NAMES =
  "map clientcert clientname pamservice pam_use_hostname ldapurl ldaptls ldapscheme ldapserver ldapport ldapbinddn ldapbindpasswd ldapsearchattribute ldapsearchfilter ldapbasedn ldapprefix ldapsuffix krb_realm include_realm compat_realm upn_username radiusservers radiusports radiussecrets radiusidentifiers issuer scope validator delegate_ident_mapping nope MAP".split(
    " ",
  );
const OPTION_VALUES = [
  "1",
  "0",
  "m",
  "",
  "verify-ca",
  "verify-full",
  "no-verify",
  "CN",
  "DN",
  "cn",
  "x",
  "127.0.0.1",
  "127.0.0.1,::1",
  "1812",
  "99999",
  "localhost",
  "ldap",
  "a=b",
  "é",
];
const RADIUS = [
  "radiusservers=127.0.0.1 radiussecrets=x",
  '"radiusservers=127.0.0.1,::1" "radiussecrets=x,y"',
  '"radiusservers=127.0.0.1,::1" radiussecrets=x',
  "radiusservers=1.2.3.4 radiussecrets=x radiusports=1",
  'radiusservers=1.2.3.4 radiussecrets=x "radiusports=1,2"',
  'radiusservers=1.2.3.4 radiussecrets=x "radiusidentifiers=a,b"',
  'radiusservers=1.2.3.4 "radiussecrets="""',
];
