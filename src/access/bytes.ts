import { latin1, type Source, sourceOf, utf8Bytes } from "../text/source.ts";

/** A text with one character for each of its bytes: what the servers compare. */
export function byteText(text: string, encoding: Source["encoding"] = "utf-8"): string {
  if (encoding === "latin1" || /^[\0-\x7f]*$/.test(text)) return text;
  return latin1(utf8Bytes(text));
}

/** The text again, for people. */
export function textOfBytes(bytes: string): string {
  if (/^[\0-\x7f]*$/.test(bytes)) return bytes;
  return sourceOf(
    "",
    Uint8Array.from(bytes, (char) => char.charCodeAt(0)),
  ).text;
}
