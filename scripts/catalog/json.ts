import type { Release } from "../servers/releases.ts";
import { eras } from "./eras.ts";
import type { Fact, ServerFacts } from "./facts.ts";
import { zonesOf } from "./zones.ts";

/** The settings, one a line, so that a change of a server is one line of a diff. */
export function postgresJson(servers: readonly ServerFacts[]): string {
  const categories = [...new Set(Array.from(newest(servers).values(), ({ category }) => category))].sort();
  return (
    `{"categories":${JSON.stringify(categories)},\n"aliases":${JSON.stringify(aliases(servers))},\n` +
    `"settings":[\n${eras(servers, categories)
      .map((line) => JSON.stringify(line))
      .join(",\n")}\n]}\n`
  );
}

/** What the newest server that has a setting says about it in its own words. */
export function textsJson(servers: readonly ServerFacts[]): string {
  const texts = [...newest(servers).values()]
    .sort(byName)
    .map(({ name, short, extra }) => [name, extra ? [short, extra] : [short]]);
  return object(Object.fromEntries(texts));
}

export function zonesJson(releases: readonly Release[]): string {
  const { zones, only, abbreviations } = zonesOf(releases);
  return `{"only":${JSON.stringify(only)},\n"abbreviations":${JSON.stringify(abbreviations)},\n"zones":${object(zones).trimEnd()}}\n`;
}

export function encodingsJson(servers: readonly ServerFacts[]): string {
  const [text = "", ...others] = new Set(servers.map(({ encodings }) => object(encodings)));
  if (others.length > 0)
    throw new Error("the majors differ in their encodings: encodings.ts must learn about versions");
  return text;
}

/** Old names that a server still reads, with the first major that reads them so. */
function aliases(servers: readonly ServerFacts[]): Record<string, { use: string; from: number }> {
  const found: Record<string, { use: string; from: number }> = {};
  for (const { major, aliases } of servers.toReversed())
    for (const [name, use] of aliases) found[name] = { use, from: major };
  return found;
}

const newest = (servers: readonly ServerFacts[]): ReadonlyMap<string, Fact> =>
  new Map(servers.flatMap(({ facts }) => [...facts]));

/** An object, one key a line. */
const object = (value: Readonly<Record<string, unknown>>): string =>
  `{\n${Object.entries(value)
    .map(([key, each]) => `${JSON.stringify(key)}:${JSON.stringify(each)}`)
    .join(",\n")}\n}\n`;

const byName = (a: Fact, b: Fact) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
