import { type Source, utf8Bytes } from "../text/source.ts";

const ESCAPES: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

/** The value of a quoted string with its quotes, as `DeescapeQuotedString` of guc-file.l makes it. */
export function unquote(written: string, encoding: Source["encoding"]): string {
  const nul = written.indexOf("\0");
  // C's strlen ends at a NUL byte, and the function then takes the byte before it for the closing quote.
  const inner = nul === -1 ? written.slice(1, -1) : written.slice(1, Math.max(1, nul - 1));
  if (!inner.includes("\\") && !inner.includes("'")) return inner;
  const parts = [...partsOf(inner)];
  const isHigh = (part: string | number) => typeof part === "number" && part >= 0x80;
  if (parts.some(isHigh)) return joinBytes(parts, encoding);
  return parts.map((part) => (typeof part === "number" ? String.fromCharCode(part) : part)).join("");
}

/** The characters of the value; a number is a byte that an octal escape names. */
function* partsOf(inner: string): Generator<string | number> {
  for (let at = 0; at < inner.length; at++) {
    const char = inner[at] ?? "";
    if (char === "'") {
      at++; // the second of a doubled quote
      yield char;
    } else if (char !== "\\") yield char;
    else {
      const octal = /^[0-7]{1,3}/.exec(inner.slice(at + 1, at + 4))?.[0];
      if (octal) {
        const byte = Number.parseInt(octal, 8) & 0xff;
        if (byte === 0) return;
        yield byte;
        at += octal.length;
      } else {
        const escaped = inner[++at] ?? "";
        yield ESCAPES[escaped] ?? escaped;
      }
    }
  }
}

/** Escaped bytes together with the text around them, read as UTF-8 where that is what they make. */
function joinBytes(parts: readonly (string | number)[], encoding: Source["encoding"]): string {
  const bytes: number[] = [];
  let pending = "";
  const flush = () => {
    if (encoding === "latin1") for (const char of pending) bytes.push(char.charCodeAt(0));
    else for (const byte of utf8Bytes(pending)) bytes.push(byte);
    pending = "";
  };
  for (const part of parts) {
    if (typeof part === "string") pending += part;
    else {
      flush();
      bytes.push(part);
    }
  }
  flush();
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes));
  } catch {
    return bytes.map((byte) => String.fromCharCode(byte)).join("");
  }
}
