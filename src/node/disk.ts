import { closeSync, constants, fstatSync, openSync, readdirSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { byBytes, canonicalPath, type FileSet, IS_A_DIRECTORY, NOT_FOLLOWED } from "../text/files.ts";
import { type Source, sourceOf } from "../text/source.ts";
import { copiedRoot, inCopy } from "./copied-root.ts";
import type { Fence } from "./fence.ts";
import { UserError } from "./problem.ts";
import { MAX_BYTES, readUpTo, TOO_LARGE } from "./streams.ts";
import { systemWords } from "./system-words.ts";

/** The names in a directory, links told by what they lead to. */
export interface Entries {
  readonly files: ReadonlySet<string>;
  /** In byte order; links to directories are left out, as they may lead in a circle. */
  readonly directories: readonly string[];
}

/** The disk as one run sees it: whoever asks for a file, it is read once. A string is always the reason why not. */
export interface Disk extends Omit<FileSet, "paths"> {
  /** Is it a directory? */
  look(path: string): { readonly directory: boolean } | string;
  entries(directory: string): Entries | string;
  /** From the root of the file system. */
  absolute(path: string): string;
  /** May it be read? */
  isInside(path: string): boolean;
  /** What was asked for and lies behind the fence, in the order of asking. */
  readonly refused: ReadonlySet<string>;
  /** Between two servers of many: lets go of what was read, once that is much. */
  forget(): void;
}

/** A run of a few servers reads each file once; one of thousands does not hold them all. */
const MOST_ENTRIES = 500;
const MOST_CHARACTERS = 4 * 1024 ** 2;

/** At a time, between two servers; no server has as many. */
const MOST_FILES = 20_000;
const MANY_FILES = `with this file more than ${MOST_FILES} would be read; name fewer`;
const MOST_BYTES = 256 * 1024 * 1024;
const MANY_BYTES = `with this file more than ${MOST_BYTES / 1024 ** 2} MB would be read; name fewer`;
const MOST_INCLUDED = 2 * MOST_BYTES;

/** `given` stands in for the file of that path, as standard input does. */
export function openDisk(
  cwd: string,
  given?: { readonly path: string; readonly bytes: Uint8Array },
  fence?: Fence,
): Disk {
  const sources = new Map<string, Source | string>();
  let characters = 0;
  const listings = new Map<string, Entries | string>();
  const refused = new Set<string>();
  let total = 0;
  const absolute = (path: string) => resolve(cwd, path);
  const givenFor = (path: string) =>
    given && absolute(path) === absolute(given.path) ? given.bytes : undefined;
  const isInside = (path: string) =>
    !fence || kept(sources, path) || givenFor(path) !== undefined || fence.isInside(absolute(path));
  const refusal = (path: string) => {
    if (isInside(path)) return undefined;
    refused.add(path);
    return NOT_FOLLOWED;
  };
  const entries = (directory: string) => {
    const path = absolute(directory);
    const known = listings.get(path) ?? refusal(directory) ?? entriesOf(path);
    listings.set(path, known);
    return known;
  };
  const look: Disk["look"] = (path) => {
    if (path === "") return systemWords("ENOENT");
    if (givenFor(path) || kept(sources, path)) return { directory: false };
    return isInside(path) ? lookAt(absolute(path)) : NOT_FOLLOWED;
  };
  const bytesOf = (path: string) => {
    if (path === "") return systemWords("ENOENT");
    return givenFor(path) ?? refusal(path) ?? readRegularFile(absolute(path));
  };
  return {
    absolute,
    isInside,
    refused,
    look,
    has: (path) => typeof look(path) !== "string",
    entries,
    list(directory) {
      const found = entries(directory);
      if (typeof found === "string") return undefined;
      const prefix = directory === "." ? "" : `${canonicalPath(directory)}/`;
      return [...found.files].map((name) => `${prefix}${name}`).sort(byBytes);
    },
    read(path) {
      const key = canonicalPath(path);
      const known = sources.get(key);
      if (known !== undefined) return known;
      if (sources.size >= MOST_FILES) throw new UserError(`${path}: ${MANY_FILES}`);
      const bytes = bytesOf(path);
      if (typeof bytes !== "string") total += bytes.length;
      if (total > MOST_BYTES) throw new UserError(`${path}: ${MANY_BYTES}`);
      const source = typeof bytes === "string" ? bytes : sourceOf(path, bytes);
      sources.set(key, source);
      if (typeof source !== "string") characters += source.text.length;
      return source;
    },
    forget() {
      if (sources.size + listings.size < MOST_ENTRIES && characters < MOST_CHARACTERS) return;
      characters = 0;
      total = 0;
      sources.clear();
      listings.clear();
    },
  };
}

const kept = (sources: ReadonlyMap<string, Source | string>, path: string) =>
  typeof sources.get(canonicalPath(path)) === "object";

/** The files of one server on the disk; `roots` are named as the user named them. */
export function filesOn(disk: Disk, roots: readonly string[]): FileSet {
  const root = roots.map((path) => copiedRoot(path, disk)).find((found) => found !== undefined);
  const at = (path: string) => (root === undefined ? path : inCopy(root, path));
  let [reads, length] = [0, 0];
  return {
    paths: roots,
    has: (path) => disk.has(at(path)),
    list: (directory) => disk.list(at(directory)),
    // Ten levels of files that include each other twenty times are more than anybody, and any server, gets through.
    read(path) {
      const source = disk.read(at(path));
      length += typeof source === "string" ? 0 : source.text.length;
      if (++reads > MOST_FILES || length > MOST_INCLUDED)
        throw new UserError(`${path}: included too often; look for files that include each other`);
      return source;
    },
  };
}

function lookAt(path: string): { directory: boolean } | string {
  try {
    return { directory: statSync(path).isDirectory() };
  } catch (error) {
    return systemWords(error);
  }
}

function entriesOf(directory: string): Entries | string {
  try {
    const files = new Set<string>();
    const directories: string[] = [];
    for (const entry of readdirSync(directory, { withFileTypes: true })) {
      if (entry.isDirectory()) directories.push(entry.name);
      else if (!entry.isSymbolicLink() || !leadsToDirectory(`${directory}/${entry.name}`))
        files.add(entry.name);
    }
    return { files, directories: directories.sort(byBytes) };
  } catch (error) {
    return systemWords(error);
  }
}

function leadsToDirectory(link: string): boolean {
  const target = lookAt(link);
  return typeof target !== "string" && target.directory;
}

/** The bytes of a file, or why it cannot be read. Never waits for a pipe, never reads a device. */
export function readRegularFile(path: string): Uint8Array | string {
  let descriptor: number;
  try {
    descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    return systemWords(error);
  }
  try {
    const before = fstatSync(descriptor);
    if (before.isDirectory()) return IS_A_DIRECTORY;
    if (!before.isFile()) return "not a regular file";
    if (before.size > MAX_BYTES) return TOO_LARGE;
    const bytes = readUpTo(descriptor, before.size);
    const after = fstatSync(descriptor);
    const changed =
      bytes.length !== before.size || after.size !== before.size || after.mtimeMs !== before.mtimeMs;
    return changed ? "changed while it was read; try again" : bytes;
  } catch (error) {
    return systemWords(error);
  } finally {
    closeSync(descriptor);
  }
}
