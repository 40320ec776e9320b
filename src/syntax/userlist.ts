import { isSince, type PoolerVersion } from "../catalog/pooler-version.ts";
import { byteLength, type Source, type Span } from "../text/source.ts";

/** What a stored password is; its text goes nowhere. */
export type SecretKind = "empty" | "plain" | "md5" | "scram";

export interface UserlistEntry {
  readonly user: string;
  readonly userSpan: Span;
  readonly secret: SecretKind;
  readonly secretSpan: Span;
}

/** userlist.txt as PgBouncer's loader.c reads it; behind an error nothing is read, and the users before it stay. */
export interface Userlist {
  readonly source: Source;
  readonly entries: readonly UserlistEntry[];
  readonly comments: readonly Span[];
  readonly error: { readonly span: Span; readonly reason: "no-quote" | "too-long" | "unfinished" } | null;
}

const isSpace = (char: string | undefined) => char !== undefined && /[ \t\n\v\f\r]/.test(char);

/** The longest name and password, in bytes with doubled quotes. */
function limits(version: PoolerVersion): { user: number; password: number } {
  if (!isSince(version, "1.16")) return { user: 64, password: 160 };
  return { user: 128, password: isSince(version, "1.17") ? 2048 : 996 };
}

export function readUserlist(source: Source, version: PoolerVersion): Userlist {
  const nul = source.text.indexOf("\0");
  const text = nul === -1 ? source.text : source.text.slice(0, nul);
  const { user: maxUser, password: maxPassword } = limits(version);
  const entries: UserlistEntry[] = [];
  const comments: Span[] = [];
  const done = (error: Userlist["error"]): Userlist => ({ source, entries, comments, error });
  const lineEnd = (at: number) => {
    const newline = text.indexOf("\n", at);
    return newline === -1 ? text.length : newline;
  };

  for (let at = 0; ; ) {
    while (isSpace(text[at])) at++;
    if (at >= text.length) return done(null);
    if (text[at] === ";") {
      comments.push({ start: at, end: lineEnd(at) });
      at = lineEnd(at);
      continue;
    }
    if (text[at] !== '"') return done({ span: { start: at, end: lineEnd(at) }, reason: "no-quote" });
    const userSpan = field(text, at);
    if (!userSpan) return done({ span: { start: at, end: lineEnd(at) }, reason: "unfinished" });
    // Whatever stands between, a newline too, the next quote opens the password.
    const open = text.indexOf('"', userSpan.end + 1);
    const secretSpan = open === -1 ? undefined : field(text, open);
    if (!secretSpan) return done({ span: { start: at, end: lineEnd(at) }, reason: "unfinished" });
    const written = text.slice(userSpan.start, userSpan.end);
    const secret = text.slice(secretSpan.start, secretSpan.end);
    if (byteLength(written) >= maxUser || byteLength(secret) >= maxPassword)
      return done({ span: userSpan, reason: "too-long" });
    entries.push({ user: written.replaceAll('""', '"'), userSpan, secret: kindOfSecret(secret), secretSpan });
    at = lineEnd(secretSpan.end);
  }
}

/** The text between a quote and the next one that is not doubled. */
function field(text: string, quote: number): Span | undefined {
  for (let at = quote + 1; at < text.length; at++) {
    if (text[at] !== '"') continue;
    if (text[at + 1] !== '"') return { start: quote + 1, end: at };
    at++;
  }
  return undefined;
}

function kindOfSecret(secret: string): SecretKind {
  if (secret === "") return "empty";
  if (/^md5[0-9a-f]{32}$/.test(secret)) return "md5";
  return /^SCRAM-SHA-256\$\d+:[^$]+\$[^:]+:.+$/.test(secret) ? "scram" : "plain";
}

/** The text of the document put together again from its parts; the same as what was read. */
export function printUserlist({ source: { text }, entries, comments }: Userlist): string {
  const spans = [...comments, ...entries.flatMap(({ userSpan, secretSpan }) => [userSpan, secretSpan])];
  spans.sort((a, b) => a.start - b.start);
  let printed = "";
  let at = 0;
  for (const { start, end } of spans) {
    printed += text.slice(at, start) + text.slice(start, end);
    at = end;
  }
  return printed + text.slice(at);
}
