import type { Client } from "../servers/client.ts";

/** The names of each encoding, by the name that the server reports. */
export type Encodings = Readonly<Record<string, readonly string[]>>;

/**
 * The names of every encoding, as the server compares them (small letters and digits only), by the name that
 * it reports. Found by asking for every word of its program.
 */
export async function encodingsOf(client: Client, words: ReadonlySet<string>): Promise<Encodings> {
  const list = Array.from(words, (word) => `('${word}')`).join(",");
  const rows = await client.rows(`
    SELECT canonical::text, json_agg(w) AS names
    FROM (SELECT w, pg_encoding_to_char(pg_char_to_encoding(w)) AS canonical
          FROM (SELECT DISTINCT w FROM (VALUES ${list}) AS t(w) WHERE w ~ '^[a-z0-9]+$') AS word) AS named
    WHERE canonical <> '' GROUP BY canonical`);
  const named = rows.map(({ canonical, names }): [string, string[]] => [
    String(canonical),
    JSON.parse(names ?? "[]").sort(),
  ]);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}
