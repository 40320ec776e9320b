import { closeSync, constants, fstatSync, openSync, readdirSync, readSync, statSync } from "node:fs";
import { join } from "node:path";
import { byBytes, canonicalPath, type FileSet, IS_A_DIRECTORY, NO_SUCH_FILE } from "../text/files.ts";
import { type Source, sourceOf } from "../text/source.ts";

/** Nothing that configures a server is larger; a log or a dump named by mistake often is. */
const MAX_BYTES = 64 * 1024 * 1024;

/** The operating system's words, which the servers print as well. */
const WORDS: Readonly<Record<string, string>> = {
  ENOENT: NO_SUCH_FILE,
  EACCES: "Permission denied",
  EPERM: "Operation not permitted",
  EISDIR: IS_A_DIRECTORY,
  ENOTDIR: "Not a directory",
  ELOOP: "Too many levels of symbolic links",
  ENAMETOOLONG: "File name too long",
  ENXIO: "No such device or address",
  EMFILE: "Too many open files",
};

/** Files read from the disk when they are first asked for; `roots` are named as the user named them. */
export function diskFiles(roots: readonly string[], cwd: string): FileSet {
  const sources = new Map<string, Source | string>();
  for (const root of roots) sources.delete(canonicalPath(root));
  const place = (path: string) => (path.startsWith("/") ? path : join(cwd, path));
  return {
    paths: roots,
    has: (path) => statSync(place(path), { throwIfNoEntry: false }) !== undefined,
    list(directory) {
      try {
        const entries = readdirSync(place(directory), { withFileTypes: true });
        const files = entries.filter((entry) => !isDirectory(entry, place(directory)));
        const prefix = directory === "." ? "" : `${canonicalPath(directory)}/`;
        return files.map(({ name }) => `${prefix}${name}`).sort(byBytes);
      } catch {
        return undefined;
      }
    },
    read(path) {
      const key = canonicalPath(path);
      const known = sources.get(key);
      if (known !== undefined) return known;
      const bytes = readRegularFile(place(path));
      const source = typeof bytes === "string" ? bytes : sourceOf(path, bytes);
      sources.set(key, source);
      return source;
    },
  };
}

function isDirectory(
  entry: { name: string; isDirectory(): boolean; isSymbolicLink(): boolean },
  directory: string,
) {
  if (!entry.isSymbolicLink()) return entry.isDirectory();
  return statSync(join(directory, entry.name), { throwIfNoEntry: false })?.isDirectory() ?? false;
}

/** The bytes of a file, or why it cannot be read. Never waits for a pipe, never reads a device. */
export function readRegularFile(path: string): Uint8Array | string {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return wordsOf(error);
  }
  try {
    const before = fstatSync(descriptor);
    if (before.isDirectory()) return IS_A_DIRECTORY;
    if (!before.isFile()) return "not a regular file";
    if (before.size > MAX_BYTES)
      return `larger than ${MAX_BYTES / 1024 ** 2} MB, which is no configuration file`;
    const bytes = readAll(descriptor, before.size);
    const after = fstatSync(descriptor);
    const changed =
      bytes.length !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs;
    return changed ? "changed while it was read; try again" : bytes;
  } catch (error) {
    return wordsOf(error);
  } finally {
    closeSync(descriptor);
  }
}

function readAll(descriptor: number, size: number): Uint8Array {
  const bytes = new Uint8Array(size);
  let read = 0;
  while (read < size) {
    const count = readSync(descriptor, bytes, read, size - read, null);
    if (count === 0) break;
    read += count;
  }
  return bytes.subarray(0, read);
}

function wordsOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return WORDS[code] ?? (code || "cannot be read");
}
