import { Dice } from "./dice.ts";
import type { Probe } from "./probe.ts";

const NAMES = [
  "a.conf",
  "b.conf",
  "d/1.conf",
  "d/2.conf",
  "d/.3.conf",
  "d/x.txt",
  "sub/c.conf",
  "sub/d/4.conf",
];

/** Random sets of files that include each other, the same for the same seed. */
export function* randomFileProbes(count: number, seed: number): Generator<Probe> {
  const dice = new Dice(seed);
  for (let made = 0; made < count; made++) {
    const files = Object.fromEntries(
      dice.times(1, 5, () => dice.pick(NAMES)).map((name) => [name, contents(dice, 1)]),
    );
    if (dice.chance(0.2)) files["postgresql.auto.conf"] = contents(dice, 0);
    yield { suite: "conf", group: "files", text: contents(dice, 3), files };
  }
}

/** A file with so many includes at most: more than one below the main file would multiply at every level. */
function contents(dice: Dice, includes: number): string {
  const lines = [
    ...dice.times(0, 2, () => `${dice.pick(SETTINGS)} = ${dice.pick(VALUES)}`),
    ...dice.times(0, includes, () => includeLine(dice)),
    ...dice.times(0, dice.pick([0, 0, 1]), () =>
      dice.pick(["work_mem", "? ?", "nope = 1", "port = x", "# c", "fsync = = on"]),
    ),
  ];
  lines.sort(() => dice.below(3) - 1);
  return lines.join("\n") + dice.pick(["\n", "\n", ""]);
}

const SETTINGS = [
  "work_mem",
  "work_mem",
  "Work_Mem",
  "sort_mem",
  "port",
  "foo.bar",
  "datestyle",
  "DateStyle",
  "max_connections",
];
const VALUES = ["4MB", "64", "'german'", "x", "5433", "''", "1.5MB", "'iso, dmy'", "1e3"];

function includeLine(dice: Dice): string {
  const directive = dice.pick([
    "include",
    "include",
    "include_if_exists",
    "include_dir",
    "INCLUDE",
    "Include_Dir",
    "includes",
  ]);
  const target = dice.pick([
    ...NAMES,
    "d",
    "sub",
    "sub/d",
    "./a.conf",
    "../a.conf",

    "missing.conf",
    "missing",
    "",
    " ",

    "d/",
    "//a.conf",
    "c.conf",
    "d/4.conf",
    "A.conf",
    "a.conf ",
  ]);
  return `${directive}${dice.pick([" ", " = ", "=", "\t"])}'${target}'`;
}
