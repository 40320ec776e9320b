/** Plain text, which needs no second look. */
const PLAIN = /^[\t\x20-\x7e]*$/;

/**
 * A text from a file, for a terminal: control and format characters, which move the cursor, set a title, turn the
 * direction of writing or hide a word, are shown by their number. (The pattern is slow to make, and seldom needed.)
 */
export const printable = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(/[^\t\P{C}]|[\p{Zl}\p{Zp}]/gu, byNumber);

/** The same where the terminal shows ASCII only. */
export const ascii = (text: string): string =>
  PLAIN.test(text) ? text : text.replace(/[^\t\x20-\x7e]/gu, byNumber);

function byNumber(char: string): string {
  const code = char.codePointAt(0) ?? 0;
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, "0")}` : `\\u{${code.toString(16)}}`;
}

/** How many columns a terminal needs: two for wide East Asian characters and pictures, none for an accent. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const char of text) columns += widthOf(char);
  return columns;
}

function widthOf(char: string): number {
  if (/\p{Mn}|\p{Me}/u.test(char)) return 0;
  return isWide(char.codePointAt(0) ?? 0) ? 2 : 1;
}

const isWide = (code: number) =>
  code >= 0x1100 &&
  (code <= 0x115f ||
    (code >= 0x2e80 && code <= 0xa4cf) ||
    (code >= 0xac00 && code <= 0xd7a3) ||
    (code >= 0xf900 && code <= 0xfaff) ||
    (code >= 0xfe30 && code <= 0xfe6f) ||
    (code >= 0xff00 && code <= 0xff60) ||
    (code >= 0xffe0 && code <= 0xffe6) ||
    (code >= 0x1f300 && code <= 0x1faff) ||
    code >= 0x20000);
