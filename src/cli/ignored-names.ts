import { nearestName } from "../catalog/nearest.ts";
import { poolerNames } from "../catalog/pgbouncer.ts";
import { NEWEST_POOLER } from "../catalog/pooler-version.ts";
import { oldNamesIn, settingsOf } from "../catalog/postgres.ts";
import { MAJORS } from "../catalog/version.ts";
import { UserError } from "../node/problem.ts";

/** What --ignore names, once or with commas; a name that nobody has would leave nothing out, unseen. */
export function namesIn(words: readonly string[]): readonly string[] {
  const names = words.flatMap((word) => word.split(",")).map((name) => name.trim());
  const known = knownNames();
  for (const name of names.filter((word) => /^\w+$/.test(word))) {
    if (known.has(name.toLowerCase())) continue;
    const near = nearestName(name, [...known]);
    throw new UserError(`--ignore ${name}: there is no such setting${near ? `; did you mean ${near}?` : ""}`);
  }
  return names.filter(Boolean);
}

const knownNames = (): ReadonlySet<string> => {
  const releases = MAJORS.map((major) => ({ major, minor: null }));
  const names = releases.flatMap((version) => [
    ...settingsOf(version).map(({ name }) => name.toLowerCase()),
    ...oldNamesIn(version),
  ]);
  return new Set([...names, ...poolerNames(NEWEST_POOLER, "pgbouncer")]);
};
