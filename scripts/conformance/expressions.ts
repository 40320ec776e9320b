import type { Client } from "../servers/client.ts";
import { Dice } from "./dice.ts";

/** An expression, a name, and what the server makes of them; null where it does not compile the expression. */
export interface Searched {
  readonly expression: string;
  readonly name: string;
  readonly found: boolean | null;
  /** What the first group captures; null where there is none, or it takes no part. */
  readonly captured: string | null;
}

const FUNCTION = `CREATE OR REPLACE FUNCTION pg_temp.searched(name text, expression text) RETURNS text LANGUAGE plpgsql AS $$
  BEGIN RETURN (name COLLATE "C" ~ expression)::text; EXCEPTION WHEN OTHERS THEN RETURN NULL; END $$`;

const quoted = (text: string) => `'${text.replaceAll("'", "''")}'`;

/** Random expressions and names, and the server's answers in the collation that it authenticates with. */
export async function searches(client: Client, count: number, seed: number): Promise<Searched[]> {
  await client.rows(FUNCTION);
  const dice = new Dice(seed);
  const pairs = Array.from({ length: count }, () => ({ expression: expression(dice), name: name(dice) }));
  const values = pairs.map((pair, at) => `(${at}, ${quoted(pair.name)}, ${quoted(pair.expression)})`);
  const rows = await client.rows(
    `WITH asked AS MATERIALIZED (SELECT at, name, expression, pg_temp.searched(name, expression) AS found
       FROM (VALUES ${values.join(",")}) AS v (at, name, expression))
     SELECT found, CASE WHEN found = 'true' THEN (regexp_match(name COLLATE "C", expression))[1] END AS captured
     FROM asked ORDER BY at`,
  );
  return pairs.map((pair, at) => {
    const found = rows[at]?.found ?? null;
    return { ...pair, found: found === null ? null : found === "true", captured: rows[at]?.captured ?? null };
  });
}

const name = (dice: Dice) => dice.times(0, 6, () => dice.pick([..."aabbcA1_ .@-"])).join("");

function expression(dice: Dice): string {
  const start = dice.pick(["", "", "", "^", "^", "(?i)", "***:", "***=", "(?c)", "(?s)"]);
  return start + branches(dice, 2) + dice.pick(["", "", "$"]);
}

const branches = (dice: Dice, depth: number): string =>
  dice.times(1, dice.pick([1, 1, 1, 2]), () => dice.times(0, 4, () => piece(dice, depth)).join("")).join("|");

function piece(dice: Dice, depth: number): string {
  const quantifier = dice.pick([..."*+?".split(""), "{2}", "{1,}", "{0,2}", "*?", "??", "", "", "", "", ""]);
  if (depth > 0 && dice.chance(0.35))
    return `(${dice.pick(["", "", "", "", "?:", "?=", "?!", "?<=", "?<!"])}${branches(dice, depth - 1)})${quantifier}`;
  return dice.pick(ATOMS) + quantifier;
}

const ATOMS = [
  ..."aabbcA1_ .@-".split(""),
  ...[
    "[ab]",
    "[^a]",
    "[a-c]",
    "[]a]",
    "[[:alpha:]]",
    "[[:upper:]1]",
    "[\\w.]",
    "[a\\]]",
    "[[.a.]]",
    "[-a]",
    "[a-]",
  ],
  ...["\\d", "\\w", "\\s", "\\D", "\\W", "\\S", "\\.", "\\x61", "\\u0062", "\\@", "\\-"],
  ...["\\m", "\\M", "\\y", "\\Y", "\\A", "\\Z", "[[:<:]]", "[[:>:]]", "^", "$"],
];
