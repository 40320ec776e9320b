import { type FileInput, type Source, sourceOf } from "./source.ts";

/** What the caller gave us to read, by path: the only file system that the pure part of the program knows. */
export interface FileSet {
  /** The file at a path; a string is the operating system's reason why it cannot be read. */
  read(path: string): Source | string;
  /** Is there such a file or directory? Asked of files that are not to be read, such as private keys. */
  has(path: string): boolean;
  /** Paths of the files directly in a directory, in byte order; undefined where there is no such directory. */
  list(directory: string): readonly string[] | undefined;
  /** Every file that was given, in the order given. */
  readonly paths: readonly string[];
}

export const NO_SUCH_FILE = "No such file or directory";
export const IS_A_DIRECTORY = "Is a directory";
/** Not a reason of the operating system's: the caller did not want it read, and nobody knows what it says. */
export const NOT_FOLLOWED = "outside of what may be read";

export function fileSet(files: readonly FileInput[]): FileSet {
  const inputs = new Map<string, FileInput>();
  for (const file of files) inputs.set(canonicalPath(file.path), file);
  const sources = new Map<string, Source>();
  let directories: Map<string, string[]> | undefined;
  const list = (directory: string) => {
    directories ??= directoriesOf(inputs.keys());
    return directories.get(canonicalPath(directory));
  };
  return {
    paths: files.map((file) => file.path),
    list,
    has: (path) => inputs.has(canonicalPath(path)) || list(path) !== undefined,
    read(path) {
      const key = canonicalPath(path);
      const known = sources.get(key);
      if (known) return known;
      const input = inputs.get(key);
      if (!input) return list(key) ? IS_A_DIRECTORY : NO_SUCH_FILE;
      if ("error" in input) return input.error;
      const source = sourceOf(input.path, input.text);
      sources.set(key, source);
      return source;
    },
  };
}

function directoriesOf(paths: Iterable<string>): Map<string, string[]> {
  const directories = new Map<string, string[]>();
  for (const path of paths) {
    let child = path;
    for (let directory = directoryOf(child); child !== directory; directory = directoryOf(child)) {
      const entries = directories.get(directory);
      if (child === path) {
        if (entries) entries.push(path);
        else directories.set(directory, [path]);
      } else if (!entries) directories.set(directory, []);
      child = directory;
    }
  }
  for (const entries of directories.values()) entries.sort(byBytes);
  return directories;
}

/** strcmp order: by code point, which is the order of UTF-8 bytes. */
export function byBytes(a: string, b: string): number {
  const left = [...a];
  const right = [...b];
  for (let at = 0; at < left.length && at < right.length; at++) {
    const difference = (left[at]?.codePointAt(0) ?? 0) - (right[at]?.codePointAt(0) ?? 0);
    if (difference !== 0) return difference;
  }
  return left.length - right.length;
}

/** PostgreSQL's canonicalize_path: no double or trailing slashes, no `.`, `..` folded into what precedes it. */
export function canonicalPath(path: string): string {
  const absolute = path.startsWith("/");
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "" || part === ".") continue;
    if (part === ".." && parts.length > 0 && parts.at(-1) !== "..") parts.pop();
    else if (part === ".." && absolute) continue;
    else parts.push(part);
  }
  return (absolute ? "/" : "") + parts.join("/") || (absolute ? "/" : ".");
}

/** The directory of a canonical path; "." for a bare name, and "." and "/" are their own. */
export function directoryOf(path: string): string {
  const slash = path.lastIndexOf("/");
  if (slash === -1) return ".";
  return slash === 0 ? "/" : path.slice(0, slash);
}

/** A path as an including file means it: absolute as it is, else relative to that file's directory. */
export function resolveFrom(includer: string, path: string): string {
  if (path.startsWith("/")) return canonicalPath(path);
  const directory = directoryOf(includer);
  return canonicalPath(directory === "." ? path : `${directory}/${path}`);
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf("/") + 1);
