/** What stands in the place of a secret, in every output. */
const MASK = "***";

/** `password=…` and its kin, up to the end of the value; a quoted value goes with all that is quoted behind it. */
const ASSIGNED =
  /(\b[\w.-]*(?:password|passwd|pwd|secrets?|token|passphrase)\s*=\s*)(?!\*\*\*)(?:(['"]).*\2|(?:\\.|[^\s'"\\])+)/gi;
/** The password of a URL: scheme://user:password@host */
const IN_URL = /(:\/\/[^\s:/@'"]*:)[^\s'"]*@/g;
/** Stored secrets: a SCRAM verifier or an MD5 hash stands for the password itself. */
const STORED = /SCRAM-SHA-256\$[^\s'"]+|\bmd5[0-9a-f]{32}\b/g;
/** Commands that print a passphrase. */
const PRINTED = /(\b(?:echo|printf)\s+)[^|;&]*/g;

/** A text for people, without the secrets in it. Rather too much is masked than too little. */
export function redact(text: string): string {
  if (!/pass|pwd|secret|token|:\/\/|SCRAM|md5|echo|printf/i.test(text)) return text;
  return text
    .replace(ASSIGNED, `$1${MASK}`)
    .replace(IN_URL, `$1${MASK}@`)
    .replace(STORED, MASK)
    .replace(/^.*ssl_passphrase_command.*$/gim, (line) => line.replace(PRINTED, `$1${MASK}`));
}

/** A line of a userlist.txt, whose second field is a password whatever it looks like. */
export function redactUserlist(line: string): string {
  return line.replace(/("(?:[^"]|"")*"[^"]*)"(?:[^"]|"")*"?/g, `$1"${MASK}"`);
}
