import {
  accessSync,
  closeSync,
  constants,
  fchmodSync,
  fchownSync,
  fstatSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  type Stats,
  statSync,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { readRegularFile } from "./disk.ts";
import { UserError } from "./problem.ts";
import { systemWords } from "./system-words.ts";

/** A file that is to become another. */
export interface Rewrite {
  /** As the user knows it. */
  readonly name: string;
  /** The file itself, behind all links. */
  readonly path: string;
  readonly before: Uint8Array;
  readonly after: Uint8Array;
}

/** The file that a path leads to; the path itself where it leads nowhere. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/**
 * Puts each file's new text in its place, whole or not at all: all are written beside the old ones first, and take
 * their names only if none of them has changed meanwhile. Owner and mode stay.
 */
export function rewriteFiles(rewrites: readonly Rewrite[]): void {
  const prepared = new Map<Rewrite, string>();
  try {
    for (const rewrite of rewrites) prepared.set(rewrite, prepare(rewrite));
    for (const rewrite of rewrites) unchanged(rewrite);
    for (const [rewrite, temporary] of prepared) {
      attempt(rewrite, () => renameSync(temporary, rewrite.path));
      prepared.delete(rewrite);
    }
  } finally {
    for (const temporary of prepared.values()) rmSync(temporary, { force: true });
  }
}

/** Writes the new text into a file of its own in the same directory, and returns its path. */
function prepare(rewrite: Rewrite): string {
  unchanged(rewrite);
  return attempt(rewrite, () => {
    const { path } = rewrite;
    accessSync(path, constants.W_OK);
    const old = statSync(path);
    if (old.nlink > 1) throw new UserError(`${rewrite.name}: not written, as it has another hard link`);
    const unique = Math.random().toString(36).slice(2, 10);
    // No server that includes the directory reads a name with a dot in front.
    const temporary = join(dirname(path), `.${basename(path)}.${unique}`);
    const descriptor = openSync(temporary, constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL, 0o600);
    try {
      fill(descriptor, rewrite.after, old);
    } catch (error) {
      rmSync(temporary, { force: true });
      throw error;
    } finally {
      closeSync(descriptor);
    }
    return temporary;
  });
}

function fill(descriptor: number, bytes: Uint8Array, old: Stats): void {
  writeFileSync(descriptor, bytes);
  const { uid, gid } = fstatSync(descriptor);
  if (uid !== old.uid || gid !== old.gid) fchownSync(descriptor, old.uid, old.gid);
  // After the owner, as a change of owner takes bits of the mode away.
  fchmodSync(descriptor, old.mode & 0o7777);
  fsyncSync(descriptor);
}

function unchanged({ name, path, before }: Rewrite): void {
  const now = readRegularFile(path);
  if (typeof now === "string") throw new UserError(`${name}: not written: ${now}`);
  if (Buffer.compare(now, before) !== 0)
    throw new UserError(`${name}: not written, as it has changed since it was read; try again`);
}

function attempt<Result>({ name }: Rewrite, write: () => Result): Result {
  try {
    return write();
  } catch (error) {
    if (error instanceof UserError) throw error;
    throw new UserError(`${name}: cannot be written: ${systemWords(error)}`);
  }
}
