import { readSync, writeSync } from "node:fs";
import { UserError } from "./problem.ts";
import { errorCode, systemWords } from "./system-words.ts";

/** Nothing that configures a server is larger; a log or a dump named by mistake often is. */
export const MAX_BYTES = 64 * 1024 * 1024;
export const TOO_LARGE = `larger than ${MAX_BYTES / 1024 ** 2} MB, which is no configuration file`;

/** At most `size` bytes; fewer where the file ends before. */
export function readUpTo(descriptor: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let read = 0;
  while (read < size) {
    const count = readSync(descriptor, bytes, read, size - read, null);
    if (count === 0) break;
    read += count;
  }
  return bytes.subarray(0, read);
}

/** All that comes down a pipe, or why that cannot be had. */
export function readPipe(descriptor: number): Uint8Array | string {
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for (;;) {
      const chunk = new Uint8Array(65_536);
      const count = patiently(() => readSync(descriptor, chunk));
      size += count;
      if (count === 0) return Buffer.concat(chunks, size);
      if (size > MAX_BYTES) return TOO_LARGE;
      chunks.push(chunk.subarray(0, count));
    }
  } catch (error) {
    return systemWords(error);
  }
}

/** The next line of a terminal, which gives one at a time; undefined at the end. */
export function readLine(descriptor: number): string | undefined {
  const bytes = new Uint8Array(4096);
  try {
    const count = patiently(() => readSync(descriptor, bytes));
    return count === 0 ? undefined : new TextDecoder().decode(bytes.subarray(0, count)).trim();
  } catch (error) {
    throw new UserError(`standard input: ${systemWords(error)}`);
  }
}

/**
 * Writes all of a text, or of bytes. A reader that went away, such as `head`, is no error: it has what it wanted;
 * false tells of it.
 */
export function writeText(descriptor: number, text: string | Uint8Array): boolean {
  try {
    let rest: Uint8Array = typeof text === "string" ? Buffer.from(text) : text;
    while (rest.length > 0) {
      const bytes = rest;
      rest = bytes.subarray(patiently(() => writeSync(descriptor, bytes)));
    }
    return true;
  } catch (error) {
    if (errorCode(error) !== "EPIPE") throw new UserError(`cannot write the output: ${systemWords(error)}`);
    return false;
  }
}

/** A terminal or pipe that another process made non-blocking says EAGAIN instead of waiting. */
function patiently<Result>(attempt: () => Result): Result {
  for (;;) {
    try {
      return attempt();
    } catch (error) {
      if (errorCode(error) !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 5);
    }
  }
}
