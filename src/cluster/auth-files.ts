import type { Version } from "../catalog/version.ts";
import { type AuthLine, authLines } from "../syntax/auth-lines.ts";
import { type AuthToken, scanToken, tokenLimit } from "../syntax/auth-tokens.ts";
import {
  baseName,
  byBytes,
  type FileSet,
  IS_A_DIRECTORY,
  NO_SUCH_FILE,
  NOT_FOLLOWED,
  resolveFrom,
} from "../text/files.ts";
import type { Place, Source } from "../text/source.ts";

/** A record of pg_hba.conf or pg_ident.conf: its fields, each a list of tokens. Without fields it only has messages. */
export interface AuthRecord {
  readonly fields: readonly (readonly AuthToken[])[];
  readonly line: number;
  readonly source: Source;
  readonly place: Place;
  /** What the server logs about the line and the files that it names, in order. */
  readonly messages: readonly AuthMessage[];
  /** What the view shows of it; the record is refused. */
  readonly error: string | null;
  /** It names a file that was not to be read, so that nobody knows what it says. */
  readonly unknown: boolean;
}

/** A line of the log; from 16 on its context tells which lines of which files led to the file in question. */
export interface AuthMessage {
  readonly text: string;
  readonly includedFrom: readonly string[];
}

const MAX_DEPTH = 10;

interface Reading {
  readonly files: FileSet;
  readonly version: Version;
  readonly limit: number;
}

/** A file that is being read: how deep, and the lines that named it, the nearest first. */
interface Opened {
  readonly source: Source;
  readonly depth: number;
  readonly includedFrom: readonly string[];
}

/** A file with all that it includes, as tokenize_auth_file() of hba.c reads it. */
export function readAuthFile(files: FileSet, source: Source, version: Version): AuthRecord[] {
  return [
    ...recordsOf({ files, version, limit: tokenLimit(version) }, { source, depth: 0, includedFrom: [] }),
  ];
}

function* recordsOf(reading: Reading, opened: Opened): Generator<AuthRecord> {
  const { source } = opened;
  for (const line of authLines(source, reading.version)) {
    const fields: AuthToken[][] = [];
    const trouble = new Trouble(opened, line.line, reading.version);
    if (line.tooLong) trouble.report("authentication file line too long");
    for (let at = 0; at < line.text.length && trouble.error === null; ) {
      let field: AuthToken[] | undefined;
      let comma: boolean;
      do {
        const scanned = scanToken(line, source, at, reading.limit);
        comma = scanned.comma;
        at = scanned.next;
        if (scanned.tooLong !== undefined) {
          const message = `authentication file token too long, skipping: "${scanned.tooLong}"`;
          trouble.report(message, "authentication file token too long");
        }
        const { token } = scanned;
        if (!token) break;
        const tokens = isFile(token) ? tokensOfFile(reading, token, opened, trouble) : [token];
        if (field) for (const more of tokens) field.push(more);
        else field = tokens;
      } while (comma && trouble.error === null);
      if (field?.length) fields.push(field);
    }
    const includes = trouble.error === null ? included(reading, fields, opened, trouble) : undefined;
    if (includes) yield* includes;
    const kept = includes || trouble.unknown ? [] : fields;
    if (trouble.messages.length > 0 || trouble.error !== null || trouble.unknown || kept.length > 0)
      yield new FoundRecord(kept.slice(), line, source, trouble);
  }
}

/** Its place is made when somebody asks, as that of its tokens. */
class FoundRecord implements AuthRecord {
  readonly fields: AuthRecord["fields"];
  readonly line: number;
  readonly source: Source;
  readonly messages: AuthRecord["messages"];
  readonly error: string | null;
  readonly unknown: boolean;
  readonly #start: number;
  readonly #end: number;

  constructor(fields: AuthRecord["fields"], line: AuthLine, source: Source, trouble: Trouble) {
    this.fields = fields;
    this.line = line.line;
    this.source = source;
    this.messages = trouble.messages;
    this.error = trouble.error;
    this.unknown = trouble.unknown;
    this.#start = line.at(0);
    this.#end = line.at(Math.max(0, line.text.length - 1)) + 1;
  }

  get place(): Place {
    return { source: this.source, span: { start: this.#start, end: this.#end } };
  }
}

const NONE: readonly AuthMessage[] = [];

/** What went wrong on a line so far; the first error stays the record's. */
class Trouble {
  messages: readonly AuthMessage[] = NONE;
  error: string | null = null;
  /** It names a file that was not to be read, and nobody knows what the record says. */
  unknown = false;
  readonly #opened: Opened;
  readonly #line: number;
  readonly #version: Version;

  constructor(opened: Opened, line: number, version: Version) {
    this.#opened = opened;
    this.#line = line;
    this.#version = version;
  }

  /** The lines that led to a file that this one names. */
  get includedFrom(): readonly string[] {
    const { source, includedFrom } = this.#opened;
    if (this.#version.major < 16) return [];
    return [`line ${this.#line} of configuration file "${source.path}"`, ...includedFrom];
  }

  note(text: string, includedFrom = this.#opened.includedFrom): void {
    this.messages = [...this.messages, { text, includedFrom }];
  }

  report(text: string, error = text): void {
    this.note(text);
    this.error ??= error;
  }
}

const isFile = ({ quoted, text }: AuthToken) => !quoted && text.length > 1 && text.startsWith("@");

/** `@file`: all of its tokens, whatever lines and fields they stand in. */
function tokensOfFile(reading: Reading, token: AuthToken, includer: Opened, trouble: Trouble): AuthToken[] {
  const name = token.text.slice(1);
  const path = resolveFrom(includer.source.path, name);
  const modern = reading.version.major >= 16;
  const failed = (why: string) =>
    modern
      ? `could not open file "${path}": ${why}`
      : `could not open secondary authentication file "@${name}" as "${path}": ${why}`;
  if (includer.depth >= MAX_DEPTH) {
    // Up to 15 nothing but the limit on open files ends a loop, and it ends the server with it.
    trouble.report(
      modern
        ? `could not open file "${path}": maximum nesting depth exceeded`
        : `exceeded maxAllocatedDescs (32) while trying to open file "${path}"`,
    );
    return [];
  }
  const source = reading.files.read(path);
  if (source === NOT_FOLLOWED) {
    trouble.unknown = true;
    return [];
  }
  if (source === IS_A_DIRECTORY) {
    noteUnreadable(reading, path, trouble);
    return [];
  }
  if (typeof source === "string") {
    trouble.report(failed(source));
    return [];
  }
  const tokens: AuthToken[] = [];
  const opened = { source, depth: includer.depth + 1, includedFrom: trouble.includedFrom };
  for (const record of recordsOf(reading, opened)) {
    if (record.messages.length > 0) trouble.messages = [...trouble.messages, ...record.messages];
    if (record.error !== null) {
      trouble.error ??= record.error;
      break;
    }
    for (const field of record.fields) for (const more of field) tokens.push(more);
  }
  return tokens;
}

/** The records of `include FILE` and its kin, which 16 brought; undefined where the line is no such thing. */
function included(
  reading: Reading,
  fields: readonly (readonly AuthToken[])[],
  { source, depth }: Opened,
  trouble: Trouble,
): AuthRecord[] | undefined {
  const [keyword, name] = fields.map(([first]) => first);
  if (reading.version.major < 16 || fields.length !== 2 || !keyword || !name) return undefined;
  const path = resolveFrom(source.path, name.text);
  if (keyword.text === "include_dir") return directory(reading, name.text, path, depth, trouble);
  if (keyword.text !== "include" && keyword.text !== "include_if_exists") return undefined;
  return includedFile(reading, path, depth + 1, keyword.text === "include_if_exists", trouble);
}

function includedFile(
  reading: Reading,
  path: string,
  depth: number,
  optional: boolean,
  trouble: Trouble,
): AuthRecord[] {
  if (depth > MAX_DEPTH) {
    trouble.report(`could not open file "${path}": maximum nesting depth exceeded`);
    return [];
  }
  const source = reading.files.read(path);
  if (typeof source !== "string")
    return [...recordsOf(reading, { source, depth, includedFrom: trouble.includedFrom })];
  if (source === NOT_FOLLOWED) {
    trouble.unknown = true;
    return [];
  }
  const message = `could not open file "${path}": ${source}`;
  if (source === IS_A_DIRECTORY) noteUnreadable(reading, path, trouble);
  else if (optional && source === NO_SUCH_FILE) {
    trouble.note(message);
    trouble.note(`skipping missing authentication file "${path}"`);
  } else trouble.report(message);
  return [];
}

/** fopen() opens a directory, and reading it fails: an error up to 13; later only logged, as of an empty file. */
function noteUnreadable({ version }: Reading, path: string, trouble: Trouble): void {
  const message = `could not read file "${path}": ${IS_A_DIRECTORY}`;
  if (version.major <= 13) trouble.report(message);
  else trouble.note(message, trouble.includedFrom);
}

function directory(
  reading: Reading,
  written: string,
  path: string,
  depth: number,
  trouble: Trouble,
): AuthRecord[] {
  if (/^[ \t\r\n]*$/.test(written)) {
    trouble.report(`empty configuration directory name: "${written}"`, "empty configuration directory name");
    return [];
  }
  const entries = reading.files.list(path);
  if (!entries) {
    const why = reading.files.read(path);
    if (why === NOT_FOLLOWED) {
      trouble.unknown = true;
      return [];
    }
    const reason = typeof why === "string" ? why : "Not a directory";
    trouble.report(
      `could not open configuration directory "${path}": ${reason}`,
      `could not open directory "${path}"`,
    );
    return [];
  }
  const records: AuthRecord[] = [];
  for (const entry of entries.filter((name) => /^[^.].*\.conf$/s.test(baseName(name))).sort(byBytes))
    for (const record of includedFile(reading, entry, depth + 1, false, trouble)) records.push(record);
  return records;
}
