import { Dice } from "./dice.ts";
import { SYSTEM_USER } from "./map-oracle.ts";
import type { Probe } from "./probe.ts";

const probe = (group: string, text: string, user: string): Probe => ({
  suite: "map",
  group,
  text,
  connection: { user, database: "postgres", address: null },
});

const SYSTEM = [
  SYSTEM_USER,
  "other",
  `"${SYSTEM_USER}"`,
  "/^(.*)$",
  "/.",
  `/^${SYSTEM_USER}$`,
  "/^(x)?",
  "/(?i)^(.+)$",
];
const DATABASE = [
  "u",
  "all",
  '"all"',
  "+g",
  '"+g"',
  "\\1",
  '"\\1"',
  "/^m",
  "/^(m|u)$",
  "x\\1",
  "\\1\\1",
  "+\\1",
  "/\\1",
];
const USERS = [
  "u",
  "m",
  "mm",
  "g",
  "ni",
  "su",
  "nobody",
  "all",
  "+g",
  SYSTEM_USER,
  `x${SYSTEM_USER}`,
  "\\1",
  "/^m",
];

/** Each kind of system user with each kind of database user. */
export function* mapProbes(): Generator<Probe> {
  for (const system of SYSTEM)
    for (const [at, database] of DATABASE.entries())
      for (const user of ["u", "m", SYSTEM_USER, USERS[at] ?? "u"])
        yield probe("fixed", `m ${system} ${database}\n`, user);
}

/** Random maps of a few records; the same for the same seed. */
export function* randomMapProbes(count: number, seed: number): Generator<Probe> {
  const dice = new Dice(seed);
  for (let made = 0; made < count; made++) {
    const lines = dice.times(0, 5, () =>
      [dice.pick(["m", "m", "m", "M", '"m"', "n"]), dice.pick(SYSTEM), dice.pick(DATABASE)].join(" "),
    );
    yield probe("random", `${lines.join("\n")}\n`, dice.pick(USERS));
  }
}
