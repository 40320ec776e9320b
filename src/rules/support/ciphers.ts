/** A family of cipher suites that a list of OpenSSL may let in. */
export interface CipherFamily {
  readonly name: string;
  /** Words that fit at least one suite of the family. */
  readonly some: ReadonlySet<string>;
  /** Words that fit all of them. */
  readonly every: ReadonlySet<string>;
  /** What, put behind a list, keeps the family out. */
  readonly without: string;
}

const setOf = (words: string): ReadonlySet<string> => new Set(words.split(" "));

const family = (name: string, without: string, every: string, some = every): CipherFamily => ({
  name,
  without,
  every: setOf(every),
  some: setOf(some),
});

/**
 * Families that nobody should use. MEDIUM adds none of them although it may hold RC4 and 3DES in old builds: it is in
 * the server's own default.
 */
export const WEAK: readonly CipherFamily[] = [
  family(
    "anonymous Diffie-Hellman",
    "!aNULL",
    "ALL aNULL ADH DH kDHE kEDH COMPLEMENTOFDEFAULT",
    "ALL aNULL ADH DH kDHE kEDH COMPLEMENTOFDEFAULT HIGH FIPS AES AES128 AES256 AESGCM CAMELLIA SHA SHA1 SHA256",
  ),
  family(
    "anonymous ECDH",
    "!aNULL",
    "ALL aNULL AECDH kECDHE kEECDH COMPLEMENTOFDEFAULT SHA SHA1",
    "ALL aNULL AECDH kECDHE kEECDH COMPLEMENTOFDEFAULT SHA SHA1 HIGH FIPS AES AES128 AES256",
  ),
  family("no encryption at all", "!eNULL", "eNULL NULL COMPLEMENTOFALL"),
  family("RC4", "!RC4", "ALL RC4 MEDIUM", "ALL RC4 RC4-SHA RC4-MD5 ECDHE-RSA-RC4-SHA"),
  family("3DES", "!3DES", "ALL 3DES MEDIUM SHA SHA1", "ALL 3DES DES-CBC3-SHA ECDHE-RSA-DES-CBC3-SHA"),
  family("single DES", "!DES", "ALL LOW DES", "ALL LOW DES DES-CBC-SHA"),
  family("export ciphers", "!EXP", "ALL EXP EXPORT"),
  family("MD5", "!MD5", "MD5 RC4-MD5"),
];

/** Who gets the server's key can read what was recorded before. */
export const RSA_EXCHANGE: CipherFamily = family(
  "RSA key exchange",
  "!kRSA",
  "ALL RSA kRSA aRSA",
  "ALL RSA kRSA aRSA HIGH MEDIUM DEFAULT FIPS AES AES128 AES256 AESGCM ARIA CAMELLIA SHA SHA1 SHA256 TLSv1.2 SSLv3 AES128-SHA AES256-SHA AES128-SHA256 AES256-SHA256 AES128-GCM-SHA256 AES256-GCM-SHA384",
);

/** The words of a list, such as HIGH, !aNULL and @SECLEVEL=1. */
export const cipherWords = (list: string): string[] => list.split(/[:,; ]+/).filter(Boolean);

/** ssl_create_cipher_list() of OpenSSL, for one family: + only moves, - takes out, ! takes out for good. */
export function letsIn(words: readonly string[], { some, every }: CipherFamily): boolean {
  let inside = false;
  for (const word of words) {
    const operator = /^[-+!@]/.exec(word)?.[0];
    const parts = word.slice(operator ? 1 : 0).split("+");
    if (!operator) inside ||= parts.every((part) => some.has(part));
    else if (parts.every((part) => every.has(part))) {
      if (operator === "!") return false;
      if (operator === "-") inside = false;
    }
  }
  return inside;
}
