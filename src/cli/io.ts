import { printable } from "../report/printable.ts";

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
  /** Is standard output a terminal? */
  isTerminal(): boolean;
}

/** 0: nothing at or above --fail-on; 1: findings; 2: usage or configuration; 3: a bug of ours. */
export type ExitCode = 0 | 1 | 2 | 3;

/** One line for the user beside what was asked for. Names of files may hold anything, line ends as well. */
export const say = (io: Pick<Io, "stderr">, line: string): void =>
  io.stderr(`pgconflint: ${printable(line)}\n`);

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
