import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Client, Row } from "../servers/client.ts";
import { type DataDirectory, initdb, runProgram } from "../servers/cluster.ts";
import type { Release } from "../servers/releases.ts";
import { type Encodings, encodingsOf } from "./encodings.ts";
import { synonyms } from "./enums.ts";
import { HIDDEN_SETTINGS } from "./known.ts";
import { moduleFacts } from "./modules.ts";

/** What one server says about one setting. */
export interface Fact {
  readonly name: string;
  readonly type: string;
  readonly context: string;
  readonly unit: string | null;
  readonly min: number;
  readonly max: number;
  readonly values: readonly string[];
  readonly hidden: Readonly<Record<string, string>>;
  readonly default: string | null;
  readonly flags: readonly string[];
  readonly module: string | null;
  readonly category: string;
  readonly short: string;
  readonly extra: string | null;
}

/** What one server says about all its settings, in the order of their names. */
export interface ServerFacts {
  readonly major: number;
  readonly facts: ReadonlyMap<string, Fact>;
  /** Names that the server reads as another. */
  readonly aliases: ReadonlyMap<string, string>;
  readonly encodings: Encodings;
}

/** Asks a server, started for the purpose, for everything that the catalog says about its settings. */
export async function collect(release: Release): Promise<ServerFacts> {
  const directory = await initdb(release);
  const running = await directory.start();
  const client = await running.connect();
  try {
    const listed = await settingRows(client, release.major);
    const flags = await fileFlags(release, client, listed);
    const known = new Map(listed.map((row) => [String(row.name), factOf(row, null, flags)]));
    const words = wordsOf(release);
    const { hidden, aliases } = await unlisted(client, words, known);
    const encodings = await encodingsOf(client, words);
    for (const name of hidden) known.set(name, hiddenFact(name));
    client.close();
    await running.stop();
    const modules = await moduleFacts(directory, new Set(known.keys()));
    for (const fact of modules) known.set(fact.name, fact);
    const facts = await withSynonyms(directory, known);
    return { major: release.major, facts: new Map([...facts].sort(byName)), aliases, encodings };
  } finally {
    client.close();
    await running.stop();
    directory.remove();
  }
}

/** The rows of pg_settings, with `flags` where the server tells them (15 on). */
export function settingRows(client: Client, major: number): Promise<readonly Row[]> {
  const flags = major >= 15 ? "array_to_json(pg_settings_get_flags(name))" : "NULL";
  return client.rows(`SELECT name, vartype, context, unit, min_val, max_val, array_to_json(enumvals) AS words,
    boot_val, category, short_desc, extra_desc, ${flags} AS flags FROM pg_settings ORDER BY name`);
}

/** One row of settingRows() as a fact. */
export function factOf(
  row: Row,
  module: string | null,
  fileFlags: ReadonlyMap<string, readonly string[]>,
): Fact {
  const name = String(row.name);
  const words = row.words ?? null;
  return {
    name,
    type: String(row.vartype),
    context: String(row.context),
    unit: row.unit ?? null,
    min: bound(row.min_val),
    max: bound(row.max_val),
    values: words === null ? [] : JSON.parse(words),
    hidden: {},
    default: row.boot_val ?? null,
    flags: [...JSON.parse(row.flags ?? "[]"), ...(fileFlags.get(name) ?? [])],
    module,
    category: String(row.category),
    short: String(row.short_desc),
    extra: row.extra_desc ?? null,
  };
}

// The view prints a range with six digits; DBL_MAX is the only bound that this changes.
function bound(text: string | null | undefined): number {
  if (text === "1.79769e+308") return Number.MAX_VALUE;
  if (text === "-1.79769e+308") return -Number.MAX_VALUE;
  return Number(text ?? 0);
}

/**
 * DISALLOW_IN_FILE and DISALLOW_IN_AUTO_FILE, which no function tells: ALTER SYSTEM refuses both, and
 * `--describe-config` leaves out the first kind.
 */
async function fileFlags(
  release: Release,
  client: Client,
  listed: readonly Row[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  const described = await runProgram(release, "postgres", ["--describe-config"]);
  const inFile = new Set(described.stdout.split("\n").map((line) => line.split("\t")[0]));
  const flags = new Map<string, readonly string[]>();
  for (const { name, context } of listed) {
    if (context === "internal" || typeof name !== "string") continue;
    const { error } = await client.ask(`ALTER SYSTEM RESET ${name}`);
    if (error) flags.set(name, [inFile.has(name) ? "DISALLOW_IN_AUTO_FILE" : "DISALLOW_IN_FILE"]);
  }
  return flags;
}

/** Names that answer SHOW and stand in no list, found by trying every word in the server's program. */
async function unlisted(client: Client, words: ReadonlySet<string>, known: ReadonlyMap<string, Fact>) {
  const folded = new Set(Array.from(known.keys(), (name) => name.toLowerCase()));
  const list = Array.from(words, (word) => `('${word}')`).join(",");
  const rows = await client.rows(
    `SELECT DISTINCT lower(w) AS name FROM (VALUES ${list}) AS t(w) WHERE current_setting(w, true) IS NOT NULL`,
  );
  const hidden: string[] = [];
  const aliases = new Map<string, string>();
  for (const name of rows.map((row) => String(row.name)).filter((name) => !folded.has(name))) {
    // The column of SHOW is headed by the name that the server uses itself.
    const [answer = {}] = await client.rows(`SHOW ${name}`);
    const [canonical = name] = Object.keys(answer);
    if (canonical === name) hidden.push(name);
    else aliases.set(name, canonical);
  }
  return { hidden: hidden.sort(), aliases: new Map([...aliases].sort()) };
}

/** Every text of the program that looks like a name. The linker lets a text be the end of another: "seed" of "geqo_seed". */
function wordsOf(release: Release): ReadonlySet<string> {
  const program = readFileSync(join(release.bin, "postgres"), "latin1");
  const words = new Set<string>();
  for (const [word] of program.matchAll(/[A-Za-z][A-Za-z0-9_]{2,62}(?=\0)/g))
    for (let at = 0; at < word.length - 2; at++) words.add(word.slice(at));
  return words;
}

function hiddenFact(name: string): Fact {
  const fact = HIDDEN_SETTINGS.find((setting) => setting.name === name);
  if (!fact)
    throw new Error(`the server knows a setting "${name}" that it does not list: describe it in known.ts`);
  return fact;
}

async function withSynonyms(directory: DataDirectory, known: ReadonlyMap<string, Fact>) {
  const hidden = await synonyms(directory, [...known.values()]);
  return Array.from(known, ([name, fact]): [string, Fact] => [
    name,
    { ...fact, hidden: hidden.get(name) ?? fact.hidden },
  ]);
}

const byName = ([a]: [string, Fact], [b]: [string, Fact]) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1);
