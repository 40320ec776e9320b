import { foldName } from "./fold.ts";
import type { Version } from "./version.ts";
import catalog from "./zones.json";

let zones: ReadonlySet<string> | undefined;
const majors = new Map(Object.entries(catalog.only).map(([name, ends]) => [name.toLowerCase(), ends]));

/** Is it the name of a time zone that the version brings along, in any case? */
export function hasZone(version: Version, name: string): boolean {
  const folded = foldName(name);
  zones ??= new Set(Object.entries(catalog.zones).flatMap(zonesIn));
  const [first = 0, last = Number.POSITIVE_INFINITY] = majors.get(folded) ?? [];
  return zones.has(folded) && version.major >= first && version.major <= last;
}

/** Is it a file that timezone_abbreviations can name? The name of the file decides, capitals included. */
export const hasAbbreviationSet = (name: string): boolean => catalog.abbreviations.includes(name);

const zonesIn = ([folder, names]: [string, string]): string[] =>
  names.split(" ").map((name) => (folder ? `${folder}/${name}` : name).toLowerCase());
