import { foldName } from "./fold.ts";
import type { Version } from "./version.ts";
import catalog from "./zones.json";

/** The names in each folder, as one text; most runs ask for one name of six hundred. */
const folders = new Map(
  Object.entries(catalog.zones).map(([folder, names]) => [folder && `${folder.toLowerCase()}/`, names]),
);
const majors = new Map(Object.entries(catalog.only).map(([name, ends]) => [name.toLowerCase(), ends]));

/** Is it the name of a time zone that the version brings along, in any case? */
export function hasZone(version: Version, name: string): boolean {
  const folded = foldName(name);
  const start = folded.lastIndexOf("/") + 1;
  const names = folders.get(folded.slice(0, start))?.toLowerCase().split(" ") ?? [];
  const [first = 0, last = Number.POSITIVE_INFINITY] = majors.get(folded) ?? [];
  return names.includes(folded.slice(start)) && version.major >= first && version.major <= last;
}

/** Is it a file that timezone_abbreviations can name? The name of the file decides, capitals included. */
export const hasAbbreviationSet = (name: string): boolean => catalog.abbreviations.includes(name);
