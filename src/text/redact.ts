import { lineMap } from "./lines.ts";
import { endsInSecretName } from "./secret-names.ts";
import type { Source } from "./source.ts";

/** What stands in the place of a secret, in every output. */
const MASK = "***";

/** A word as libpq, a shell and the servers' files have it, without the quote that closes what is round it. */
const WORD = String.raw`(?:\\.|''|""|['"](?=[^\s'"#;,)])|[^\s'"\\]|\\$)+`;
/** What is quoted goes with all that is quoted behind it, and without an end to the end of the line. */
const QUOTED = String.raw`\\?(?:'+(?:.*'(?:\w.*)?|.*)|"+(?:.*"(?:\w.*)?|.*))`;
/**
 * Words up to the next `name=`: a password with a blank in it that somebody forgot to quote, or with a quote in it
 * that looks like the end.
 */
const WORDS = String.raw`${WORD}(?:[ \t]+(?![\w.-]+[ \t]*=)${WORD})*(?:'.*'|".*")?`;

const MASKED = String.raw`(?!\*\*\*)`;
const pattern = (text: string, flags = "gi") => new RegExp(text, flags);

/** Each keeps its first group. */
const SECRETS: readonly RegExp[] = [
  // The option of a command, and one of pg_hba.conf that wants an equals sign.
  pattern(
    String.raw`((?<![\w-])--?[\w-]{0,40}(?:pass\w*|pwd|secret|token|key)[ \t]+)${MASKED}(?:${QUOTED}|${WORD})`,
  ),
  pattern(
    String.raw`(^[ \t]*\w*(?:host|hots|local)\w*[ \t].*[ \t"](?:ldap\w*pas{1,2}w\w*|radius\w*secret\w*)"?[ \t]+)${MASKED}(?!=)(?:${QUOTED}|${WORDS})`,
    "gim",
  ),
  // HTTP headers, and what curl, wget and sshpass take.
  pattern(
    String.raw`(\b(?:authorization|cookie|x-[\w-]{1,40}|\w{1,40}-(?:token|key|secret))[ \t]*:[ \t]*)${MASKED}[^'"\n]+`,
  ),
  pattern(String.raw`(\bbearer[ \t]+)${MASKED}${WORD}`),
  pattern(String.raw`((?<![\w-])(?:-u|--user|--proxy-user)[ \t=]*['"]*[^\s:'"]+:)${MASKED}${WORD}`),
  pattern(String.raw`(\bsshpass[ \t]+-p[ \t]*)${MASKED}(?:${QUOTED}|${WORD})`),
  // scheme://user:password@host
  /(\/[^\s:/@'"]{0,200}:)(?:''|""|['"](?=\S)|[^\s'"]){0,400}(?=@)/g,
  /(\bpostgres(?:ql)?:[^:\n]{0,200}:).{0,400}(?=@)/gi,
  // A SCRAM verifier or an MD5 hash stands for the password itself; a signed token for whoever it was given to.
  /()(?:SCRAM-SHA-256\$[^\s'"]+|\bmd5[0-9a-f]{32}\b|\beyJ[\w-]+\.[\w-]+\.[\w-]*)/g,
  // A command that prints a passphrase.
  /^((?=.*pass).*?\b(?:echo|printf)[ \t]+).*/gim,
];

/** Most lines have nothing that could tell of a secret. */
const SUSPECT =
  /pas|pwd|secret|token|cred|sig|key|auth|cookie|bearer|x-|-u|:\/|\/[^\s:/]{0,200}:|scram-sha-256\$|md5[0-9a-f]{32}|eyJ/i;

/** A text for people, without the secrets in it. Rather too much is masked than too little. */
export function redact(text: string): string {
  const clean = text.includes("=") || SUSPECT.test(text) ? redactNamed(text) : text;
  if (!SUSPECT.test(clean)) return clean;
  return SECRETS.reduce((cleaner, secret) => cleaner.replace(secret, `$1${MASK}`), clean);
}

/** What ends a name: an equals sign, or the blank behind the name of a setting with a dot, which needs no other. */
const NAMED = /=[ \t]*|(?=[ \t])(?<=^[ \t]*\w+\.[\w.]+)[ \t]+(?![ \t=])/gm;
const VALUE = new RegExp(`${MASKED}(?:${QUOTED}|${WORDS})`, "y");
/** A shell's words end at a blank. */
const SHELL_VALUE = new RegExp(`${MASKED}(?:${QUOTED}|${WORD})`, "y");
const SHELL_NAME = /(?:\b[A-Z_]+|--[\w-]*)$/;

/** `password=…` and its kin. */
function redactNamed(text: string): string {
  let clean = "";
  let done = 0;
  for (const { index, 0: sign } of text.matchAll(NAMED)) {
    const name = text.slice(Math.max(0, index - 40), index);
    if (index < done || !endsInSecretName(name)) continue;
    const value = SHELL_NAME.test(name) ? SHELL_VALUE : VALUE;
    value.lastIndex = index + sign.length;
    if (!value.test(text)) continue;
    clean += text.slice(done, index + sign.length) + MASK;
    done = endOfSecret(text, index, value.lastIndex);
  }
  return clean + text.slice(done);
}

/** A quote ends what a quote in front of the name began; any other is part of the secret, and who knows how it goes on. */
function endOfSecret(text: string, name: number, end: number): number {
  const quote = text[end];
  if (quote !== "'" && quote !== '"') return end;
  const before = text.slice(text.lastIndexOf("\n", name) + 1, name);
  if (before.split(quote).length % 2 === 0) return end;
  const lineEnd = text.indexOf("\n", end);
  return lineEnd === -1 ? text.length : lineEnd;
}

/** A line of a userlist.txt, of which only the name, and a comment that quotes nothing, is no password. */
export function redactUserlist(line: string): string {
  if (/^\s*(?:[;#][^'"]*)?$/.test(line)) return redact(line);
  const [name = ""] = /^[\s;#]*"[^"]*"/.exec(line) ?? [];
  return name === "" ? MASK : line.slice(name.length).trim() === "" ? line : `${name} "${MASK}"`;
}

/**
 * The same for texts about some lines: a message may name a word of a line, such as the token that a server stumbled
 * over, without what tells that it is a secret.
 */
export function redactor(lines: string, hide: (line: string) => string = redact): (text: string) => string {
  const shown = lines.split("\n").map(hide).join("\n");
  if (shown === lines) return redact;
  const kept = new Set(shown.split(WORD_END));
  // One or two letters are too common to look for.
  const hidden = new Set(lines.split(WORD_END).filter((word) => word.length > 2 && !kept.has(word)));
  const all = [...hidden].join("\n");
  return (text) => {
    let clean = redact(text);
    for (const word of hidden) clean = clean.replaceAll(word, MASK);
    // A server may have taken a part of the secret for a word.
    return clean.replace(/\w{3,}/g, (part) => (all.includes(part) && !shown.includes(part) ? MASK : part));
  };
}

const WORD_END = /[\s'",;=:@/|&\\]+/;

/** The text round a line: those that a backslash joins to it are one record of pg_hba.conf, with one secret. */
export function joinedLines(source: Source, line: number): string {
  const { spanOfLine, count } = lineMap(source);
  const textOf = (number: number) => {
    const { start, end } = spanOfLine(number);
    return source.text.slice(start, end);
  };
  let [first, last] = [line, line];
  while (first > 1 && textOf(first - 1).endsWith("\\")) first--;
  while (last < count && textOf(last).endsWith("\\")) last++;
  const lines = Array.from({ length: last - first + 1 }, (_, index) => textOf(first + index));
  return lines.map((text, index) => (index < lines.length - 1 ? text.slice(0, -1) : text)).join("");
}

/** A line of a userlist.txt with the one above it, where a quote that stands open there makes one name of both. */
export function userlistLines(source: Source, line: number): string {
  const lines = lineMap(source);
  const textOf = (number: number) => {
    const { start, end } = lines.spanOfLine(number);
    return source.text.slice(start, end);
  };
  const above = line > 1 ? textOf(line - 1) : "";
  return above.split('"').length % 2 === 0 ? `${above}\n${textOf(line)}` : textOf(line);
}
