import { foldName } from "./fold.ts";
import { ELSEWHERE, PAST } from "./past.ts";
import { majorsWith } from "./postgres.ts";
import { MAJORS, NEWEST } from "./version.ts";

/** What is known of a name that some version does not have. */
export interface History {
  /** The first major that has it, where that is not the oldest one in the catalog. */
  readonly since?: number;
  /** The last major that has it, such as 15 or 9.4. */
  readonly until?: number;
  /** The first minor release that has it, of the majors that got it with one. */
  readonly minors?: Readonly<Record<string, number | undefined>>;
  /** The setting that took its place. */
  readonly use?: string;
  /** The setting whose place it took. */
  readonly before?: string;
  /** One sentence on what to do instead. */
  readonly advice?: string;
}

/** Where a name came from or went to; undefined for one that always was there, and for one that never was. */
export function historyOf(name: string): History | undefined {
  const folded = foldName(name);
  const known = majorsWith(folded);
  const before = Array.from(PAST).find(([, former]) => former.use === folded)?.[0];
  const history: History = {
    ...(known && known.first > MAJORS[0] ? { since: known.first } : {}),
    ...(known && known.last < NEWEST ? { until: known.last } : {}),
    ...(known?.minors ? { minors: known.minors } : {}),
    ...(before ? { before } : {}),
    ...(PAST.get(folded) ?? ELSEWHERE.get(folded)),
  };
  return Object.keys(history).length > 0 ? history : undefined;
}
