/** A key=value of a connection string in [databases], [users] or [peers]; offsets count from the string's start. */
export interface ConnectPair {
  readonly key: string;
  readonly value: string;
  readonly keyStart: number;
  readonly start: number;
  readonly end: number;
}

export interface ConnectString {
  readonly pairs: readonly ConnectPair[];
  /** Where it stops to parse, with the key whose value is missing. */
  readonly error: { readonly at: number; readonly key: string | null } | null;
}

/**
 * cstr_get_pair() of PgBouncer's loader.c. Only the space parts pairs: a tab is a character like any other, a value
 * is never empty, and the byte behind a closing quote is swallowed unseen.
 */
export function readConnectString(text: string): ConnectString {
  const pairs: ConnectPair[] = [];
  const skip = (from: number) => {
    let at = from;
    while (text[at] === " ") at++;
    return at;
  };
  for (let at = skip(0); at < text.length; at = skip(at)) {
    const keyStart = at;
    while (at < text.length && text[at] !== "=" && text[at] !== " ") at++;
    const key = text.slice(keyStart, at);
    at = skip(at);
    if (key === "" || text[at] !== "=") return { pairs, error: { at: keyStart, key: null } };
    at = skip(at + 1);
    const start = at;
    const quoted = text[at] === "'";
    const value = quoted ? quotedValue(text, at) : text.slice(at, endOf(text, at));
    if (value === undefined || value === "") return { pairs, error: { at: start, key } };
    const end = quoted ? endOfQuoted(text, at) : start + value.length;
    pairs.push({ key, value, keyStart, start, end });
    at = quoted ? end + 1 : end;
  }
  return { pairs, error: null };
}

function endOf(text: string, at: number): number {
  const space = text.indexOf(" ", at);
  return space === -1 ? text.length : space;
}

/** The place behind the closing quote, or the end of the text. */
function endOfQuoted(text: string, start: number): number {
  for (let at = start + 1; at < text.length; at++) {
    if (text[at] !== "'") continue;
    if (text[at + 1] !== "'") return at + 1;
    at++;
  }
  return text.length + 1;
}

function quotedValue(text: string, start: number): string | undefined {
  const end = endOfQuoted(text, start);
  return end > text.length ? undefined : text.slice(start + 1, end - 1).replaceAll("''", "'");
}
