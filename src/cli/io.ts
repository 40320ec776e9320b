import type { Worker } from "node:worker_threads";
import { printable } from "../report/printable.ts";
import { redact } from "../text/redact.ts";
import type { ThreadData } from "./thread.ts";

/** The world outside, as the command line sees it; nothing else touches the process. */
export interface Io {
  /** Bytes where the text is of a file that is not UTF-8. */
  stdout(text: string | Uint8Array): void;
  stderr(text: string): void;
  /** All of standard input, or why it cannot be had. */
  stdin(): Uint8Array | string;
  /** What somebody types as an answer; undefined where nobody is there, or says no more. */
  ask?(question: string): string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** Is standard output, or standard error, a terminal? */
  isTerminal(stream?: "stdout" | "stderr"): boolean;
  /** Has the reader of standard output gone away? */
  isClosed?(): boolean;
  /** Threads of this program, where there can be any, and how many run at once. */
  threads?(): Promise<{ readonly atOnce: number; start(data: ThreadData): Worker }>;
}

/** 0: nothing at or above --fail-on; 1: findings; 2: usage or configuration; 3: a bug of ours. */
export type ExitCode = 0 | 1 | 2 | 3;

/** One line for the user beside what was asked for. Names of files may hold anything, line ends as well. */
export const say = (io: Pick<Io, "stderr">, line: string): void =>
  io.stderr(`pgconflint: ${printable(line)}\n`);

/** Where a bug of ours happened, for who wants to know; it may quote what was read. */
export function trace({ stack = "" }: Error, { env, stderr }: Pick<Io, "env" | "stderr">): void {
  if (env.PGCONFLINT_DEBUG) for (const frame of stack.split("\n")) stderr(`${printable(redact(frame))}\n`);
}

/** NO_COLOR wins over the flag, the flag over the terminal. */
export function wantsColor(io: Io, flag: boolean | undefined): boolean {
  if (io.env.NO_COLOR) return false;
  return flag ?? (io.env.TERM !== "dumb" && io.isTerminal());
}

/** Can the output show more than ASCII? */
export function wantsUnicode({ env }: Io): boolean {
  if (env.TERM === "dumb") return false;
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "";
  return /utf-?8/i.test(locale);
}
