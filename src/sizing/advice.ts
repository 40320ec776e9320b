import { formatBytes } from "../host/bytes.ts";

/** A value with the reason for it, its arithmetic, and where to read on. */
export interface Advice {
  readonly name: string;
  /** As it is written in a file, without quotes. */
  readonly value: string;
  /** One sentence, without its full stop. */
  readonly reason: string;
  readonly arithmetic: string;
  /** A page of a manual, or of ours where the number is our judgement. */
  readonly source: string;
}

/** Where a number that no manual gives is argued for: a heading of our page, which is the setting's name. */
export const ourReasons = (heading: string): string =>
  `https://github.com/pgconflint/pgconflint/blob/main/docs/decisions/0008-sizing.md#${heading}`;

/** A size of memory or of the log as the server takes it, in whole kB. */
export const sizeValue = (bytes: number): string => formatBytes(Math.floor(bytes / 1024) * 1024);
