/** The numbers of C's library, which the servers read with: what they take, and where they stop. */

export interface Scanned {
  readonly value: number;
  /** Where the number ends in the text; 0 where there is none. */
  readonly end: number;
  /** errno = ERANGE: too large, or so small that it is not a normal number any more. */
  readonly outOfRange: boolean;
}

const NONE: Scanned = { value: 0, end: 0, outOfRange: false };
const LONG_MAX = 2n ** 63n;
const SMALLEST_NORMAL = 2.2250738585072014e-308;

/** isspace() in the C locale. */
export const isSpace = (char: string | undefined): boolean =>
  char !== undefined && /^[ \t\n\v\f\r]$/.test(char);

/** strtol(text, &end, base): base 0 knows `0x…` and octal `0…`. */
export function strtol(text: string, base: 0 | 10 = 0): Scanned {
  const start = /^[ \t\n\v\f\r]*[-+]?/.exec(text)?.[0] ?? "";
  const rest = text.slice(start.length);
  const digits =
    base === 10 ? /^[0-9]+/.exec(rest)?.[0] : /^(?:0[xX][0-9a-fA-F]+|0[0-7]*|[1-9][0-9]*)/.exec(rest)?.[0];
  if (digits === undefined) return NONE;
  const octal = base === 0 && /^0[0-7]/.test(digits);
  const magnitude = BigInt(octal ? `0o${digits.slice(1)}` : digits);
  const negative = start.endsWith("-");
  return {
    value: Number(negative ? -magnitude : magnitude),
    end: start.length + digits.length,
    outOfRange: magnitude > (negative ? LONG_MAX : LONG_MAX - 1n),
  };
}

/** strtod(text, &end): decimal and hexadecimal floats, inf and nan. */
export function strtod(text: string): Scanned {
  const match =
    /^[ \t\n\v\f\r]*([-+]?)(?:0[xX]([0-9a-fA-F]+\.?[0-9a-fA-F]*|\.[0-9a-fA-F]+)(?:[pP]([-+]?[0-9]+))?|((?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]+)?)|(inf(?:inity)?|nan(?:\([A-Za-z0-9_]*\))?))/i.exec(
      text,
    );
  if (!match) return NONE;
  const [whole, sign, hex, power, decimal, word] = match;
  let value: number;
  if (hex !== undefined) value = hexFloat(hex, power);
  else if (decimal !== undefined) value = Number(decimal);
  else value = word?.toLowerCase().startsWith("inf") ? Number.POSITIVE_INFINITY : Number.NaN;
  const mantissa = hex ?? decimal?.replace(/[eE].*/, "") ?? "";
  const tiny = Math.abs(value) < SMALLEST_NORMAL && /[1-9a-fA-F]/.test(mantissa);
  const outOfRange = word === undefined && (!Number.isFinite(value) || tiny);
  return { value: sign === "-" ? -value : value, end: whole.length, outOfRange };
}

function hexFloat(digits: string, power = "0"): number {
  const [whole = "", fraction = ""] = digits.split(".");
  return Number(`0x0${whole}${fraction}`) * 2 ** (Number(power) - 4 * fraction.length);
}

/** rint(): to the nearest whole number, halves to the even one. */
export function rint(value: number): number {
  const rounded = Math.round(value);
  return Math.abs(value % 1) === 0.5 && rounded % 2 !== 0 ? rounded - 1 : rounded;
}

/** printf("%g"): six significant digits, no trailing zeros, an exponent where the number is very large or small. */
export function formatG(value: number): string {
  if (value === 0) return Object.is(value, -0) ? "-0" : "0";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  const [mantissa = "", exponentText = "0"] = sixDigits(value).split("e");
  const exponent = Number(exponentText);
  if (exponent >= -4 && exponent < 6)
    return trimZeros(Number(`${mantissa}e${exponent}`).toFixed(5 - exponent));
  const sign = exponent < 0 ? "-" : "+";
  return `${trimZeros(mantissa)}e${sign}${String(Math.abs(exponent)).padStart(2, "0")}`;
}

/** toExponential(5), but with C's way at a number exactly between two: to the even digit, not away from zero. */
function sixDigits(value: number): string {
  const rounded = value.toExponential(5);
  const isHalf = /^-?\d\.\d{5}50*e/.test(value.toExponential(60));
  const isOdd = /[13579]e/.test(rounded);
  return isHalf && isOdd ? value.toExponential(6).replace("5e", "e") : rounded;
}

const trimZeros = (digits: string) =>
  digits.includes(".") ? digits.replace(/0+$/, "").replace(/\.$/, "") : digits;
