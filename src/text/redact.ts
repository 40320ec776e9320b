/** What stands in the place of a secret, in every output. */
const MASK = "***";

/** `password=…` and its kin, up to the end of the value; a quoted value goes with all that is quoted behind it. */
const ASSIGNED =
  /(\b[\w.-]*(?:password|passwd|pass|pwd|secrets?|(?:access|api|secret)_key|token|passphrase)\s*=\s*)(?!\*\*\*)(?:(['"]).*\2|(?:\\.|[^\s'"\\])+)/gi;
/** The password of a URL: scheme://user:password@host */
const IN_URL = /(:\/\/[^\s:/@'"]*:)[^\s'"]*@/g;
/** Stored secrets: a SCRAM verifier or an MD5 hash stands for the password itself. */
const STORED = /SCRAM-SHA-256\$[^\s'"]+|\bmd5[0-9a-f]{32}\b/g;
/** The password that sshpass gets on its command line. */
const SSHPASS = /(\bsshpass\s+-p\s*)\S+/g;
/** Commands that print a passphrase. */
const PRINTED = /(\b(?:echo|printf)\s+)[^|;&]*/g;

/** A text for people, without the secrets in it. Rather too much is masked than too little. */
export function redact(text: string): string {
  if (!/pass|pwd|secret|_key|token|:\/\/|SCRAM|md5|echo|printf/i.test(text)) return text;
  return text
    .replace(ASSIGNED, `$1${MASK}`)
    .replace(IN_URL, `$1${MASK}@`)
    .replace(STORED, MASK)
    .replace(SSHPASS, `$1${MASK}`)
    .replace(/^.*ssl_passphrase_command.*$/gim, (line) => line.replace(PRINTED, `$1${MASK}`));
}

/**
 * The same for texts about a line: a message may name a word of the line, such as the token that a server stumbled
 * over, without what tells that it is a secret.
 */
export function redactor(line: string): (text: string) => string {
  const words = new Set(secretWords(line));
  if (words.size === 0) return redact;
  return (text) => {
    let clean = redact(text);
    for (const word of words) clean = clean.replaceAll(word, MASK);
    return clean;
  };
}

/** The words that the mask hides; one or two letters are too common to look for. */
function secretWords(line: string): string[] {
  const clean = redact(line);
  if (clean === line) return [];
  const kept = new Set(clean.split(WORD_ENDS));
  return line.split(WORD_ENDS).filter((word) => word.length > 2 && !kept.has(word));
}

const WORD_ENDS = /[\s'",;=:@/|&]+/;

/** A line of a userlist.txt, whose second field is a password whatever it looks like. */
export function redactUserlist(line: string): string {
  return line.replace(/("(?:[^"]|"")*"[^"]*)"(?:[^"]|"")*"?/g, `$1"${MASK}"`);
}
