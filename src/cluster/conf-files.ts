import { foldName } from "../catalog/fold.ts";
import { type ConfDocument, type ConfEntry, readConf } from "../syntax/postgresql-conf.ts";
import {
  baseName,
  byBytes,
  canonicalPath,
  type FileSet,
  IS_A_DIRECTORY,
  NO_SUCH_FILE,
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
  /** How many of the problems make the server refuse the files. */
  errors: number;
}

/** The main file is at depth 0; ten levels below it are read. */
const MAX_DEPTH = 10;
const INCLUDES = ["include", "include_if_exists", "include_dir"] as const;
type Include = (typeof INCLUDES)[number];

export const includeKind = (entry: ConfEntry): Include | undefined =>
  entry.name.length > 17 ? undefined : INCLUDES.find((name) => name === foldName(entry.name));

export function loadConf(files: FileSet, main: Source): ConfFiles {
  const loaded: ConfFiles = { items: [], documents: [], problems: [], errors: 0 };
  readInto(loaded, files, main, 0);
  return loaded;
}

/** Reads one file and all that it includes, in place; false where the server found an error in any of them. */
function readInto(loaded: ConfFiles, files: FileSet, source: Source, depth: number): boolean {
  const document = readConf(source);
  loaded.documents.push(document);
  const before = loaded.errors;
  for (const error of document.errors) {
    const where = error.token === null ? "near end of line" : `near token "${error.token}"`;
    const message = `syntax error in file "${source.path}" line ${error.reportedLine}, ${where}`;
    const place = { source, span: error.span };
    addError(loaded, { kind: "conf/syntax", place, error, server: refusal(message) });
  }
  const last = document.errors.at(-1);
  if (document.abandoned && last) {
    const message = `too many syntax errors found, abandoning file "${source.path}"`;
    addError(loaded, {
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
  return loaded.errors === before;
}

function addError(loaded: ConfFiles, problem: ConfProblem): void {
  loaded.problems.push(problem);
  loaded.errors++;
}

interface Including {
  readonly entry: ConfEntry;
  readonly source: Source;
  readonly kind: Include;
  readonly depth: number;
}

const refusal = (message: string) => ({ effect: "refuses", when: "read", message }) as const;

function follow(loaded: ConfFiles, files: FileSet, include: Including): void {
  if (include.kind === "include_dir") followDirectory(loaded, files, include);
  else if (isBlank(include.entry.value))
    fail(loaded, include, "empty-name", `empty configuration file name: "${include.entry.value}"`);
  else
    readIncluded(
      loaded,
      files,
      include,
      resolveFrom(include.source.path, include.entry.value),
      include.entry.value,
    );
}

/** `written` is the name that a too deep inclusion is reported with: as it is written, not resolved. */
function readIncluded(
  loaded: ConfFiles,
  files: FileSet,
  include: Including,
  path: string,
  written: string,
): boolean {
  if (include.depth > MAX_DEPTH)
    return fail(
      loaded,
      include,
      "too-deep",
      `could not open configuration file "${written}": maximum nesting depth exceeded`,
    );
  if (path === canonicalPath(include.source.path))
    return fail(loaded, include, "itself", `configuration file recursion in "${include.source.path}"`);
  const source = files.read(path);
  if (typeof source !== "string") return readInto(loaded, files, source, include.depth);
  // fopen() opens a directory; the first read of it fails, and the scanner says so.
  if (source === IS_A_DIRECTORY)
    return fail(loaded, include, "directory", `input in flex scanner failed at file "${path}" line 1`);
  if (include.kind === "include_if_exists") {
    const place = { source: include.source, span: include.entry.valueSpan };
    loaded.problems.push(skippedFile(place, path, "include_if_exists"));
    return true;
  }
  const reason = source === NO_SUCH_FILE ? "missing" : "unreadable";
  return fail(loaded, include, reason, `could not open configuration file "${path}": ${source}`);
}

function followDirectory(loaded: ConfFiles, files: FileSet, include: Including): void {
  const { value } = include.entry;
  if (isBlank(value)) {
    fail(loaded, include, "empty-name", `empty configuration directory name: "${value}"`);
    return;
  }
  const directory = resolveFrom(include.source.path, value);
  const entries = files.list(directory);
  if (!entries) {
    const why = files.read(directory);
    const error = typeof why === "string" ? why : "Not a directory";
    const reason = error === NO_SUCH_FILE ? "missing" : "unreadable";
    fail(loaded, include, reason, `could not open configuration directory "${directory}": ${error}`);
    return;
  }
  // The server leaves the directory at the first file with an error, and goes on behind the include_dir line.
  for (const path of entries.filter(isIncludable).sort(byBytes))
    if (!readIncluded(loaded, files, include, path, path)) return;
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

function fail(
  loaded: ConfFiles,
  include: Including,
  reason: ConfIncludeProblem["reason"],
  message: string,
): false {
  const place: Place = { source: include.source, span: include.entry.valueSpan };
  addError(loaded, { kind: "conf/include", place, entry: include.entry, reason, server: refusal(message) });
  return false;
}
