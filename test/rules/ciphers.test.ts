import { expect, test } from "vitest";
import { cipherWords, letsIn, RSA_EXCHANGE, WEAK } from "../../src/rules/support/ciphers.ts";

/**
 * What `openssl ciphers -v LIST:@SECLEVEL=0` of OpenSSL 3.0.19 has among the suites before TLS 1.3: Kx=DH Au=None (adh),
 * Kx=ECDH Au=None (aecdh), Kx=RSA (rsa).
 */
const RECORDED: readonly (readonly [list: string, families: string])[] = [
  ["HIGH", "adh aecdh rsa"],
  ["HIGH:!aNULL", "rsa"],
  ["HIGH:MEDIUM:+3DES:!aNULL", "rsa"],
  ["ALL:!ADH:!LOW:!EXP:!MD5:@STRENGTH", "aecdh rsa"],
  ["DEFAULT", "rsa"],
  ["HIGH:!aNULL:!kRSA", ""],
  ["HIGH:!kRSA:!ADH", "aecdh"],
  ["HIGH:!RSA", "adh aecdh"],
  ["HIGH:-aNULL:AECDH", "aecdh rsa"],
  ["HIGH:+aNULL", "adh aecdh rsa"],
  ["HIGH:!SHA1:!aNULL", "rsa"],
  ["ALL:!COMPLEMENTOFDEFAULT", "rsa"],
  ["EECDH+AESGCM:EDH+AESGCM", ""],
  ["ECDHE+AESGCM", ""],
  ["ECDHE:DHE", ""],
  ["ECDHE:RSA:!aNULL", "rsa"],
  ["AESGCM", "adh rsa"],
  ["AES256", "adh aecdh rsa"],
  ["kECDHE", "aecdh"],
  ["kEDH+AES", "adh"],
  ["AES:!DH", "aecdh rsa"],
  ["SHA256", "adh rsa"],
  ["CAMELLIA", "adh rsa"],
  ["ARIA", "rsa"],
  ["CHACHA20", ""],
  ["AES128-SHA:ECDHE-RSA-AES128-SHA", "rsa"],
  ["ECDHE-RSA-AES256-GCM-SHA384:AES256-GCM-SHA384", "rsa"],
];

const NAMES = [
  ["adh", WEAK.find(({ name }) => name === "anonymous Diffie-Hellman")],
  ["aecdh", WEAK.find(({ name }) => name === "anonymous ECDH")],
  ["rsa", RSA_EXCHANGE],
] as const;

test.each(RECORDED)("%s lets in what OpenSSL lets in: %s", (list, families) => {
  const words = cipherWords(list);
  const found = NAMES.filter(([, family]) => family && letsIn(words, family)).map(([name]) => name);
  expect(found.join(" ")).toBe(families);
});

test("the server's own default has nothing weak in it", () => {
  const words = cipherWords("HIGH:MEDIUM:+3DES:!aNULL");
  expect(WEAK.filter((family) => letsIn(words, family))).toEqual([]);
});
