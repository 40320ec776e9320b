import type { FileInput } from "../../src/text/source.ts";

/** One input of a target, and what is to be shrunk when it fails. */
export interface FuzzCase {
  readonly files: readonly FuzzFile[];
  /** Whatever else decides, such as a release or the words of a command line. */
  readonly words: readonly string[];
}

export interface FuzzFile {
  readonly path: string;
  readonly text: string | Uint8Array;
}

/** Stands in each planted secret, and nowhere else. */
export const SECRET = "Zq7Hun7er";

export const sizeOf = ({ files }: FuzzCase): number =>
  files.reduce((size, { path, text }) => size + path.length + text.length, 0);

export const inputsOf = ({ files }: FuzzCase): FileInput[] => files.map(({ path, text }) => ({ path, text }));

/** A target's input as fixtures/fuzz/ keeps it. */
export interface KeptCase extends FuzzCase {
  readonly target: string;
}

/** JSON in ASCII: lone surrogates and control characters are escaped, bytes are told by their numbers. */
export function written({ target, words, files }: KeptCase): string {
  const shown = files.map(({ path, text }) => ({
    path,
    ...(typeof text === "string" ? { text } : { bytes: [...text] }),
  }));
  const json = JSON.stringify({ target, words, files: shown }, null, 1);
  const ascii = json.replace(
    /[\u007f-\uffff]/g,
    (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
  return `${ascii}\n`;
}

interface Written {
  readonly target: string;
  readonly words: string[];
  readonly files: { path: string; text?: string; bytes?: number[] }[];
}

export function parsed(json: string): KeptCase {
  const { target, words, files }: Written = JSON.parse(json);
  return {
    target,
    words,
    files: files.map(({ path, text, bytes }) => ({ path, text: text ?? Uint8Array.from(bytes ?? []) })),
  };
}
