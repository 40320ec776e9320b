import { foldName } from "../catalog/fold.ts";
import { type ConfDocument, type ConfEntry, readConf } from "../syntax/postgresql-conf.ts";
import {
  baseName,
  byBytes,
  canonicalPath,
  type FileSet,
  IS_A_DIRECTORY,
  NO_SUCH_FILE,
  NOT_FOLLOWED,
  resolveFrom,
} from "../text/files.ts";
import type { Place, Source } from "../text/source.ts";
import type { ConfIncludeProblem, ConfProblem, ConfSkippedProblem } from "./conf-problems.ts";

/** A setting's line, in the order in which the server reads them, with the file that it stands in. */
export interface ConfItem {
  readonly entry: ConfEntry;
  readonly source: Source;
}

/** A main file with everything that it includes, as `ParseConfigFile` of guc-file.l follows it. */
export interface ConfFiles {
  readonly items: ConfItem[];
  readonly documents: ConfDocument[];
  readonly problems: ConfProblem[];
  /** Includes of what the caller did not want read. */
  readonly notFollowed: ConfItem[];
}

/** The main file is at depth 0; ten levels below it are read. */
const MAX_DEPTH = 10;
const INCLUDES = ["include", "include_if_exists", "include_dir"] as const;
type Include = (typeof INCLUDES)[number];

export const includeKind = (entry: ConfEntry): Include | undefined =>
  entry.name.length > 17 ? undefined : INCLUDES.find((name) => name === foldName(entry.name));

export function loadConf(files: FileSet, main: Source): ConfFiles {
  const loaded: ConfFiles = { items: [], documents: [], problems: [], notFollowed: [] };
  readInto(loaded, files, main, 0);
  return loaded;
}

/** Reads one file and all that it includes, in place. */
function readInto(loaded: ConfFiles, files: FileSet, source: Source, depth: number): void {
  const document = readConf(source);
  loaded.documents.push(document);
  for (const error of document.errors) {
    const where = error.token === null ? "near end of line" : `near token "${error.token}"`;
    const message = `syntax error in file "${source.path}" line ${error.reportedLine}, ${where}`;
    const place = { source, span: error.span };
    loaded.problems.push({ kind: "conf/syntax", place, error, server: refusal(message) });
  }
  const last = document.errors.at(-1);
  if (document.abandoned && last) {
    const message = `too many syntax errors found, abandoning file "${source.path}"`;
    loaded.problems.push({
      kind: "conf/abandoned",
      place: { source, span: last.span },
      server: refusal(message),
    });
  }
  for (const entry of document.entries) {
    const kind = includeKind(entry);
    if (kind === undefined) loaded.items.push({ entry, source });
    else follow(loaded, files, { entry, source, kind, depth: depth + 1 });
  }
}

interface Including {
  readonly entry: ConfEntry;
  readonly source: Source;
  readonly kind: Include;
  readonly depth: number;
}

const refusal = (message: string) => ({ effect: "refuses", when: "read", message }) as const;

function follow(loaded: ConfFiles, files: FileSet, include: Including): void {
  const { value } = include.entry;
  if (include.kind === "include_dir") followDirectory(loaded, files, include);
  else if (isBlank(value))
    fail(loaded, include, { reason: "empty-name", message: `empty configuration file name: "${value}"` });
  else readIncluded(loaded, files, include, locationOf(include), value);
}

/** AbsoluteConfigLocation: an absolute path stays as it is written. */
const locationOf = ({ entry: { value }, source }: Including): string =>
  value.startsWith("/") ? value : resolveFrom(source.path, value);

/** Why an include cannot be followed, in our word and the server's. */
type Obstacle = Pick<ConfIncludeProblem, "reason"> & { readonly message: string };

/** `written` is the name that a too deep inclusion is reported with: as it is written, not resolved. */
function readIncluded(
  loaded: ConfFiles,
  files: FileSet,
  include: Including,
  path: string,
  written: string,
): void {
  const found = openIncluded(files, include, path, written);
  if (found === undefined) {
    const place = { source: include.source, span: include.entry.valueSpan };
    loaded.problems.push(skippedFile(place, path, "include_if_exists"));
  } else if (found === NOT_FOLLOWED) loaded.notFollowed.push(include);
  else if ("reason" in found) fail(loaded, include, found);
  else readInto(loaded, files, found, include.depth);
}

/** The file, what keeps it from being read, or undefined where it may be missing and is. */
function openIncluded(
  files: FileSet,
  include: Including,
  path: string,
  written: string,
): Source | Obstacle | typeof NOT_FOLLOWED | undefined {
  const { source: includer, depth, kind } = include;
  if (depth > MAX_DEPTH)
    return {
      reason: "too-deep",
      message: `could not open configuration file "${written}": maximum nesting depth exceeded`,
    };
  if (path === canonicalPath(includer.path))
    return { reason: "itself", message: `configuration file recursion in "${includer.path}"` };
  const source = files.read(path);
  if (typeof source !== "string") return source;
  if (source === NOT_FOLLOWED) return source;
  // fopen() opens a directory; the first read of it fails, and the scanner says so.
  if (source === IS_A_DIRECTORY)
    return { reason: "directory", message: `input in flex scanner failed at file "${path}" line 1` };
  if (kind === "include_if_exists") return undefined;
  return { reason: missingOr(source), message: `could not open configuration file "${path}": ${source}` };
}

const missingOr = (error: string) => (error === NO_SUCH_FILE ? "missing" : "unreadable");

function followDirectory(loaded: ConfFiles, files: FileSet, include: Including): void {
  const { value } = include.entry;
  const directory = locationOf(include);
  const entries = isBlank(value) ? undefined : files.list(directory);
  if (!entries && files.read(directory) === NOT_FOLLOWED) loaded.notFollowed.push(include);
  else if (!entries) fail(loaded, include, noDirectory(files, value, directory));
  // The server leaves the directory at the first file with an error, and hides what is wrong in the others.
  else
    for (const path of entries.filter(isIncludable).sort(byBytes))
      readIncluded(loaded, files, include, path, path);
}

function noDirectory(files: FileSet, written: string, directory: string): Obstacle {
  if (isBlank(written))
    return { reason: "empty-name", message: `empty configuration directory name: "${written}"` };
  const why = files.read(directory);
  const error = typeof why === "string" ? why : "Not a directory";
  return {
    reason: missingOr(error),
    message: `could not open configuration directory "${directory}": ${error}`,
  };
}

/** Not an error: the server logs it and goes on. */
export function skippedFile(
  place: Place,
  path: string,
  reason: ConfSkippedProblem["reason"],
): ConfSkippedProblem {
  const message = `skipping missing configuration file "${path}"`;
  return {
    kind: "conf/skipped-file",
    place,
    path,
    reason,
    server: { effect: "ignored", when: "read", message },
  };
}

const isBlank = (name: string) => /^[ \t\r\n]*$/.test(name);

/** GetConfFilesInDir: `x.conf` at least, and no dot file. */
const isIncludable = (path: string) => /^[^.].*\.conf$/s.test(baseName(path));

function fail(loaded: ConfFiles, { source, entry }: Including, { reason, message }: Obstacle): void {
  const place: Place = { source, span: entry.valueSpan };
  loaded.problems.push({ kind: "conf/include", place, entry, reason, server: refusal(message) });
}
