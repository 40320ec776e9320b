import { formatBytes, parseBytes, roughBytes } from "./bytes.ts";

/** How a fact is written in pgconflint.ini, on the command line and in a comment, and how it is shown. */
export interface FactKind<Value> {
  /** For help, and for the schema of pgconflint.ini. */
  readonly describe: string;
  /** What a value that cannot be read should have been. */
  readonly wanted: string;
  readonly type: "number" | "string" | "boolean";
  /** The same for a schema; what it lets through, `read` may still refuse. */
  readonly pattern?: string;
  readonly choices?: readonly string[];
  read(text: string): Value | undefined;
  /** As `read` takes it. */
  write(value: Value): string;
  /** For people. */
  show(value: Value): string;
}

export type ValueOf<Kind> = Kind extends FactKind<infer Value> ? Value : never;

/** Kernels count in kB at the finest. */
const wholeKb = (bytes: number) => formatBytes(Math.floor(bytes / 1024) * 1024);

/** "32" is a slip: nobody means 32 bytes. */
function sizeIn(text: string): number | undefined {
  const bytes = parseBytes(text);
  return bytes === undefined || (bytes < 1024 ** 2 && /\d$/.test(text.trim())) ? undefined : bytes;
}

export const size = (describe: string, example = "32GB"): FactKind<number> => ({
  describe,
  wanted: `a size, such as ${example}`,
  type: "number",
  pattern: "^\\d+(\\.\\d+)?\\s*[kKmMgGtT]i?[bB]?$",
  read: sizeIn,
  write: wholeKb,
  show: roughBytes,
});

/** Sizes that may be nothing at all. */
export const sizeOrNone = (describe: string): FactKind<number> => ({
  ...size(describe),
  wanted: "a size, such as 32GB, or 0",
  pattern: "^(0|\\d+(\\.\\d+)?\\s*[kKmMgGtT]i?[bB]?)$",
  read: (text) => (text.trim() === "0" ? 0 : sizeIn(text)),
  write: (bytes) => (bytes === 0 ? "0" : wholeKb(bytes)),
  show: (bytes) => (bytes === 0 ? "none" : roughBytes(bytes)),
});

export function oneOf<Word extends string>(choices: readonly Word[], describe: string): FactKind<Word> {
  return {
    describe,
    wanted: `one of ${choices.join(", ")}`,
    type: "string",
    choices,
    read: (text) => choices.find((choice) => choice === text.trim()),
    write: (word) => word,
    show: (word) => word,
  };
}

export const yesOrNo = (describe: string): FactKind<boolean> => ({
  describe,
  wanted: "yes or no",
  type: "boolean",
  choices: ["yes", "no"],
  read: (text) => ({ yes: true, no: false })[text.trim()],
  write: (yes) => (yes ? "yes" : "no"),
  show: (yes) => (yes ? "yes" : "no"),
});

export const wholeNumber = (describe: string, what: string): FactKind<number> => ({
  describe,
  wanted: `a number of ${what}`,
  type: "number",
  pattern: "^[1-9]\\d{0,5}$",
  read: (text) => (/^[1-9]\d{0,5}$/.test(text.trim()) ? Number(text) : undefined),
  write: String,
  show: String,
});

/** Is that a value of this kind, from a caller whose types nobody has checked? It is if it could be written down. */
export const isValue = <Value>(kind: FactKind<Value>, value: Value): boolean =>
  typeof value === kind.type && kind.read(kind.write(value)) !== undefined;

/** walDisk as it is written in pgconflint.ini (wal_disk) and on the command line (wal-disk). */
export const spelled = (name: string, between: "_" | "-"): string =>
  name.replace(/[A-Z]/g, (letter) => `${between}${letter.toLowerCase()}`);
