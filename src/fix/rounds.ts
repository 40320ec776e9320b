import { bytesOf, type Source, sourceOf } from "../text/source.ts";
import { applyEdits, compatible, type Fix } from "./edits.ts";

/** Fixes that keep making new ones are stopped here. None is known that does; what makes one another possible takes a round each. */
const MOST_ROUNDS = 100;

export interface Fixed {
  /** The files that have become others, by path. */
  readonly changed: ReadonlyMap<string, Source>;
  /** How many fixes were made. */
  readonly made: number;
}

/**
 * Makes fixes until none is left, so that a second run has nothing to do. `fixesOf` reads the files anew, those that
 * have changed as they are now, and last of all as they are in the end; `read` is asked for the others.
 */
export function fixInRounds(
  read: (path: string) => Source | string,
  fixesOf: (changed: ReadonlyMap<string, Source>) => readonly Fix[],
): Fixed {
  const changed = new Map<string, Source>();
  let made = 0;
  for (let round = 0; ; round++) {
    const sourceAt = (path: string) => changed.get(path) ?? read(path);
    const fixes = compatible(fixesOf(changed).filter((fix) => fits(fix, sourceAt)));
    if (fixes.length === 0 || round === MOST_ROUNDS) return { changed, made };
    for (const [path, edits] of byPath(fixes)) {
      const source = sourceAt(path);
      if (typeof source !== "string") changed.set(path, edited(source, edits));
    }
    made += fixes.length;
  }
}

/** Can it be made, and does it change anything? */
function fits({ edits }: Fix, sourceAt: (path: string) => Source | string): boolean {
  let changes = false;
  for (const { path, start, end, text } of edits) {
    const source = sourceAt(path);
    if (typeof source === "string") return false;
    // A file that is not UTF-8 is edited byte by byte, and a character above U+00FF is no byte.
    if (source.encoding === "latin1" && /[^\0-\xff]/.test(text)) return false;
    changes ||= source.text.slice(start, end) !== text;
  }
  return changes;
}

/** Read again from its bytes, as the next run will. */
function edited(source: Source, edits: Fix["edits"]): Source {
  return sourceOf(source.path, bytesOf({ ...source, text: applyEdits(source.text, edits) }));
}

function byPath(fixes: readonly Fix[]): Map<string, Fix["edits"][number][]> {
  const files = new Map<string, Fix["edits"][number][]>();
  for (const edit of fixes.flatMap(({ edits }) => edits)) {
    const known = files.get(edit.path);
    if (known) known.push(edit);
    else files.set(edit.path, [edit]);
  }
  return files;
}
