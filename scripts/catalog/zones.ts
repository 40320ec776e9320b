import { readdirSync } from "node:fs";
import { join } from "node:path";
import type { Release } from "../servers/releases.ts";

/** What src/catalog/zones.json holds. */
interface Zones {
  /** The names of all majors, by their folder: "Europe" → "Amsterdam Andorra …". */
  readonly zones: Readonly<Record<string, string>>;
  /** The first and the last major of the names that not all of them have. */
  readonly only: Readonly<Record<string, readonly [number, number]>>;
  /** The files of share/timezonesets that timezone_abbreviations can name: letters only. */
  readonly abbreviations: readonly string[];
}

/** The time zones that the servers bring along; a build with the system's own tzdata may have a few others. */
export function zonesOf(releases: readonly Release[]): Zones {
  const zones = new Map<string, number[]>();
  const abbreviations = new Set<string>();
  for (const { major, share } of releases) {
    for (const name of filesIn(join(share, "timezone"))) zones.set(name, [...(zones.get(name) ?? []), major]);
    for (const name of readdirSync(join(share, "timezonesets")))
      if (/^[A-Za-z]+$/.test(name)) abbreviations.add(name);
  }
  const names = [...zones.keys()].sort();
  const partial = names.filter((name) => zones.get(name)?.length !== releases.length);
  return {
    zones: byFolder(names),
    only: Object.fromEntries(partial.map((name) => [name, ends(name, zones.get(name) ?? [])])),
    abbreviations: [...abbreviations].sort(),
  };
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1));
}

function byFolder(names: readonly string[]): Record<string, string> {
  const folders: Record<string, string> = {};
  for (const name of names) {
    const slash = name.lastIndexOf("/");
    const folder = name.slice(0, Math.max(slash, 0));
    folders[folder] = [folders[folder] ?? [], name.slice(slash + 1)].flat().join(" ");
  }
  return folders;
}

function ends(name: string, majors: readonly number[]): readonly [number, number] {
  const [first, last] = [majors[0], majors.at(-1)];
  if (first === undefined || last === undefined || last - first !== majors.length - 1)
    throw new Error(`the time zone ${name} went away and came back`);
  return [first, last];
}
