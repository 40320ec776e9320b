/** A replacement in one text; offsets are those of the text before any edit. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Edits, of one file or of several, that are made together or not at all. */
export interface Fix {
  readonly edits: readonly (TextEdit & { readonly path: string })[];
}

/** Applies edits that do not overlap; of two that do, the first in the text wins and the other is left for a second run. */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  let result = "";
  let at = 0;
  for (const edit of [...edits].sort((a, b) => a.start - b.start || a.end - b.end)) {
    if (edit.start < at) continue;
    result += text.slice(at, edit.start) + edit.text;
    at = edit.end;
  }
  return result + text.slice(at);
}

/**
 * As many of the fixes as can be made at once. Where two touch, the one that comes later in the text waits: what it
 * says was said of a text that is about to change.
 */
export function compatible<Any extends Fix>(fixes: readonly Any[]): Any[] {
  const waits = new Set<Any>();
  const all = fixes.flatMap((fix) => fix.edits.map((edit) => ({ fix, edit })));
  all.sort(({ edit: a }, { edit: b }) => byText(a.path, b.path) || a.start - b.start || a.end - b.end);
  let last: (typeof all)[number] | undefined;
  for (const next of all) {
    if (waits.has(next.fix)) continue;
    if (last && last.fix !== next.fix && touches(last.edit, next.edit)) waits.add(next.fix);
    else last = next;
  }
  return fixes.filter((fix) => !waits.has(fix));
}

const touches = (a: Fix["edits"][number], b: Fix["edits"][number]) => a.path === b.path && b.start <= a.end;

const byText = (a: string, b: string) => (a < b ? -1 : Number(a > b));
