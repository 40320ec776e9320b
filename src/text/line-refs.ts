/** Where a line stands. */
export interface LineRef {
  readonly path: string;
  readonly line: number;
}

/** Each once, in the order of the file. */
export function allRefs(refs: readonly LineRef[]): readonly LineRef[] {
  const all = new Map(refs.map((ref) => [`${ref.path}\n${ref.line}`, ref]));
  return [...all.values()].toSorted((one, other) =>
    one.path === other.path ? one.line - other.line : one.path < other.path ? -1 : 1,
  );
}

/** "line 3", "lines 3 and 5", "lines 3, 5 and 20 more"; a path where it is another. */
export function linesText(refs: readonly LineRef[], path: string, most = MOST_LINES): string {
  const texts = refs.map((ref) => (ref.path === path ? `${ref.line}` : `${ref.path}:${ref.line}`));
  const shown = texts.slice(0, texts.length > most ? most - 1 : most);
  const last = texts.length > shown.length ? `${texts.length - shown.length} more` : shown.pop();
  return shown.length === 0 ? `line ${last}` : `lines ${shown.join(", ")} and ${last}`;
}

const MOST_LINES = 6;
