/** A file as the caller has it. `error` stands for a file that is there but could not be read. */
export type FileInput = { path: string; text: string | Uint8Array } | { path: string; error: string };

/**
 * A file's path and text. Bytes that are not UTF-8 are kept one character a byte (`latin1`), so that a text
 * always goes back to the bytes it came from. To every reader a character from U+0080 up is what a high byte
 * is to the server: part of a word.
 */
export interface Source {
  readonly path: string;
  readonly text: string;
  readonly encoding: "utf-8" | "latin1";
}

/** Start and end offset in a source's text. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A span together with the source that it is in. */
export interface Place {
  readonly source: Source;
  readonly span: Span;
}

export function sourceOf(path: string, text: string | Uint8Array): Source {
  if (typeof text === "string") return { path, text, encoding: "utf-8" };
  try {
    // Keep a byte order mark: the servers stumble over it, so the reader must see it.
    return {
      path,
      text: new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(text),
      encoding: "utf-8",
    };
  } catch {
    return { path, text: latin1(text), encoding: "latin1" };
  }
}

// TextDecoder("latin1") is windows-1252 by the web's rules and would change bytes 0x80-0x9F.
export function latin1(bytes: Uint8Array): string {
  let text = "";
  for (let at = 0; at < bytes.length; at += 8192)
    text += String.fromCharCode(...bytes.subarray(at, at + 8192));
  return text;
}

/** The bytes that a source was read from. */
export function bytesOf({ text, encoding }: Pick<Source, "text" | "encoding">): Uint8Array {
  if (encoding === "utf-8") return utf8Bytes(text);
  return Uint8Array.from(text, (character) => character.charCodeAt(0));
}

/** How many bytes `text` has in the file it came from. */
export function byteLength(text: string, encoding: Source["encoding"] = "utf-8"): number {
  if (encoding === "latin1") return text.length;
  let bytes = text.length;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    if (code >= 0xd800 && code < 0xe000) bytes += 1;
    else bytes += code < 0x800 ? 1 : 2;
  }
  return bytes;
}

export const spanOf = (start: number, end: number): Span => ({ start, end });

export const utf8Bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
