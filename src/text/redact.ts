import { lineMap } from "./lines.ts";
import type { Source } from "./source.ts";

/** What stands in the place of a secret, in every output. */
const MASK = "***";

/** The end of a name whose value is a secret, in the spellings that people try. */
const KEY =
  "(?:pas{1,2}w[a-z]{0,12}|(?<![a-z])pass|pass?phrase|pwd|secrets?|token|credentials?|signature|(?<![a-z])sig|(?:api|access|secret|private|auth|account)[-_]?key)";
/** A word as libpq, a shell and the servers' files have it, without the quote that closes what is round it. */
const WORD = String.raw`(?:\\.|''|""|['"](?=[^\s'"#;,)])|[^\s'"\\]|\\$)+`;
/** What is quoted goes with all that is quoted behind it, and without an end to the end of the line. */
const QUOTED = String.raw`\\?(?:'+(?:.*'|.*)|"+(?:.*"|.*))`;
/** Words up to the next `name=`: a password with a blank in it that somebody forgot to quote. */
const WORDS = String.raw`${WORD}(?:[ \t]+(?![\w.-]+[ \t]*=)${WORD})*`;

const MASKED = String.raw`(?!\*\*\*)`;
const pattern = (text: string, flags = "gi") => new RegExp(text, flags);

/** Each keeps its first group. */
const SECRETS: readonly RegExp[] = [
  // PGPASSWORD=… and --token=… of a shell are one word, unlike the others, which only the next name ends.
  pattern(String.raw`(\b[A-Z_]*(?:PASS|PASSWORD|PWD|SECRET|TOKEN|KEY)=)${MASKED}(?:${QUOTED}|${WORD})`, "g"),
  pattern(String.raw`(--[\w-]{0,40}${KEY}(?:=|[ \t]+))${MASKED}(?:${QUOTED}|${WORD})`),
  pattern(String.raw`(${KEY}[ \t]*=[ \t]*)${MASKED}(?:${QUOTED}|${WORDS})`),
  // A setting of that name, which needs no equals sign, and an option of pg_hba.conf that wants one.
  pattern(String.raw`(^[ \t]*\w+\.[\w.]*${KEY}[ \t]+)${MASKED}(?![=*])(?:${QUOTED}|${WORDS})`, "gim"),
  pattern(
    String.raw`(^[ \t]*\w*(?:host|hots|local)\w*[ \t].*[ \t"](?:ldap\w*pas{1,2}w\w*|radius\w*secret\w*)"?[ \t]+)${MASKED}(?!=)(?:${QUOTED}|${WORDS})`,
    "gim",
  ),
  // HTTP headers, and what curl, wget and sshpass take.
  pattern(
    String.raw`(\b(?:authorization|cookie|x-[\w-]{1,40}|\w{1,40}-(?:token|key|secret))[ \t]*:[ \t]*)${MASKED}[^'"\n]+`,
  ),
  pattern(String.raw`(\bbearer[ \t]+)${MASKED}${WORD}`),
  pattern(String.raw`((?<!\S)(?:-u|--user|--proxy-user)[ \t=]*['"]*[^\s:'"]+:)${MASKED}${WORD}`),
  pattern(String.raw`(\bsshpass[ \t]+-p[ \t]*)${MASKED}(?:${QUOTED}|${WORD})`),
  // scheme://user:password@host
  /(:\/\/[^\s:/@'"]*:)(?:''|""|[^\s'"])*(?=@)/g,
  // A SCRAM verifier or an MD5 hash stands for the password itself; a signed token for whoever it was given to.
  /()(?:SCRAM-SHA-256\$[^\s'"]+|\bmd5[0-9a-f]{32}\b|\beyJ[\w-]+\.[\w-]+\.[\w-]*)/g,
  // A command that prints a passphrase.
  /^((?=.*pass).*?\b(?:echo|printf)[ \t]+).*/gim,
];

/** Most lines have no word that could tell of a secret. */
const SUSPECT =
  /pas|pwd|secret|token|cred|sig|key|auth|cookie|bearer|x-|-u|:\/\/|scram-sha-256\$|md5[0-9a-f]{32}|eyJ/i;

/** A text for people, without the secrets in it. Rather too much is masked than too little. */
export function redact(text: string): string {
  if (!SUSPECT.test(text)) return text;
  return SECRETS.reduce((clean, secret) => clean.replace(secret, `$1${MASK}`), text);
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
  const words = new Set(secretWords(lines, hide));
  if (words.size === 0) return redact;
  return (text) => {
    let clean = redact(text);
    for (const word of words) clean = clean.replaceAll(word, MASK);
    return clean;
  };
}

/** The words that the mask hides; one or two letters are too common to look for. */
function secretWords(lines: string, hide: (line: string) => string): string[] {
  const clean = lines.split("\n").map(hide).join("\n");
  if (clean === lines) return [];
  const kept = new Set(clean.split(WORD_ENDS));
  return lines.split(WORD_ENDS).filter((word) => word.length > 2 && !kept.has(word));
}

const WORD_ENDS = /[\s'",;=:@/|&\\]+/;

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
