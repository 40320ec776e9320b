import { type PoolerSection, poolerSetting } from "../catalog/pgbouncer.ts";
import { isSince, type PoolerVersion } from "../catalog/pooler-version.ts";
import { type ConnectString, readConnectString } from "../syntax/connect-string.ts";
import { type IniDocument, type IniEntry, type IniPart, readIni } from "../syntax/pgbouncer-ini.ts";
import { type FileSet, IS_A_DIRECTORY, NOT_FOLLOWED } from "../text/files.ts";
import { lineMap } from "../text/lines.ts";
import { byteLength, type Place, type Source, type Span } from "../text/source.ts";
import type { PoolerProblem } from "./pooler-problems.ts";
import { checkStart } from "./pooler-start.ts";
import { atoi, type PoolerValue, parsePoolerValue } from "./pooler-values.ts";

/** A setting of [pgbouncer] in effect, with the line that it comes from. */
export interface PoolerSettingInEffect {
  readonly value: PoolerValue;
  readonly text: string;
  readonly entry: IniEntry;
  readonly source: Source;
}

/** An entry of [databases], [users] or [peers]. */
export interface PoolerTarget {
  readonly name: string;
  readonly entry: IniEntry;
  readonly source: Source;
  readonly connect: ConnectString;
}

/** pgbouncer.ini with all that it includes, as PgBouncer has it after reading. */
export interface Pooler {
  readonly main: Source;
  readonly version: PoolerVersion;
  readonly documents: readonly IniDocument[];
  readonly problems: readonly PoolerProblem[];
  /** What lines set and no later header has reset, by name. */
  readonly settings: ReadonlyMap<string, PoolerSettingInEffect>;
  readonly databases: ReadonlyMap<string, PoolerTarget>;
  readonly users: ReadonlyMap<string, PoolerTarget>;
  readonly peers: ReadonlyMap<string, PoolerTarget>;
  /** The text of a setting in effect, or its default. */
  text(name: string): string;
}

export function readPooler(files: FileSet, main: Source, version: PoolerVersion): Pooler {
  return new Reading(files, main, version).finish();
}

const MAX_DEPTH = 10;
const refuses = (message: string) => ({ effect: "refuses", when: "read", message }) as const;

/** One run over the file and its includes; a section that an include opens stays open behind it. */
class Reading {
  readonly #files: FileSet;
  readonly #main: Source;
  readonly #version: PoolerVersion;
  readonly #documents: IniDocument[] = [];
  readonly #problems: PoolerProblem[] = [];
  readonly #settings = new Map<string, PoolerSettingInEffect>();
  readonly #targets = {
    databases: new Map<string, PoolerTarget>(),
    users: new Map<string, PoolerTarget>(),
    peers: new Map<string, PoolerTarget>(),
  };
  #section: PoolerSection | undefined;
  #unknownSection = false;
  #hasMain = false;

  constructor(files: FileSet, main: Source, version: PoolerVersion) {
    this.#files = files;
    this.#main = main;
    this.#version = version;
  }

  finish(): Pooler {
    this.#read(this.#main, 0);
    if (!this.#hasMain && !this.#problems.some(({ kind }) => kind === "pooler/syntax")) {
      const place = { source: this.#main, span: { start: 0, end: 0 } };
      const server = refuses("load_init_file: main section missing from config file");
      this.#problems.push({ kind: "pooler/section", place, reason: "missing", name: "pgbouncer", server });
    }
    const text = (name: string) =>
      this.#settings.get(name)?.text ?? poolerSetting(this.#version, "pgbouncer", name)?.default ?? "";
    const pooler = {
      main: this.#main,
      version: this.#version,
      documents: this.#documents,
      settings: this.#settings,
      ...this.#targets,
      text,
    };
    const problems = [...this.#problems, ...checkStart({ ...pooler, problems: this.#problems }, this.#files)];
    return { ...pooler, problems };
  }

  #read(source: Source, depth: number): void {
    const document = readIni(source, isSince(this.#version, "1.25"));
    this.#documents.push(document);
    for (const part of document.parts) this.#part(source, part, depth);
  }

  #part(source: Source, part: IniPart, depth: number): void {
    if (part.kind === "section") this.#open(source, part.name, part.span, part.line);
    else if (part.kind === "include") this.#include(source, part.path, part.span, part.line, depth);
    else if (part.kind === "entry") this.#entry(source, part);
    else {
      const message = `syntax error in configuration (${source.path}:${part.line}), stopping loading`;
      const lines = lineMap(source);
      const whole = lines.spanOfLine(lines.lineAt(part.span.start));
      const span = {
        start: part.span.start,
        end: Math.max(part.span.start, Math.min(part.span.end, whole.end)),
      };
      const text = source.text.slice(whole.start, whole.end);
      this.#problems.push({ kind: "pooler/syntax", place: { source, span }, text, server: refuses(message) });
    }
  }

  #open(source: Source, name: string, span: Span, line: number): void {
    const known = ["pgbouncer", "databases", "users", ...(isSince(this.#version, "1.19") ? ["peers"] : [])];
    const section = (["pgbouncer", "databases", "users", "peers"] as const).find((word) => word === name);
    this.#unknownSection = !section || !known.includes(section);
    this.#section = this.#unknownSection ? undefined : section;
    if (this.#unknownSection) {
      const server = refuses(`invalid section "${name}" in configuration (${source.path}:${line})`);
      this.#problems.push({
        kind: "pooler/section",
        place: { source, span },
        reason: "unknown",
        name,
        server,
      });
    } else if (section === "pgbouncer") {
      if (this.#hasMain) this.#reset({ source, span });
      this.#hasMain = true;
    }
  }

  /** Every [pgbouncer] header puts what has a default back to it. */
  #reset(place: Place): void {
    const lost: IniEntry[] = [];
    for (const [name, { entry }] of this.#settings) {
      if (poolerSetting(this.#version, "pgbouncer", name)?.default === null) continue;
      lost.push(entry);
      this.#settings.delete(name);
    }
    const server = { effect: "ignored", when: "read", message: "" } as const;
    if (lost.length > 0) this.#problems.push({ kind: "pooler/reset", place, lost, server });
  }

  /** PgBouncer takes a path as it is, from the directory that it was started in. */
  #include(source: Source, path: string, span: Span, line: number, depth: number): void {
    const place = { source, span };
    if (depth >= MAX_DEPTH) {
      const message = `include nesting level too deep (${source.path}:${line}), stopping loading`;
      this.#problems.push({
        kind: "pooler/include",
        place,
        reason: "too-deep",
        path,
        server: refuses(message),
      });
      return;
    }
    const included = path === "" ? "No such file or directory" : this.#files.read(path);
    if (typeof included !== "string") this.#read(included, depth + 1);
    else if (included !== IS_A_DIRECTORY && included !== NOT_FOLLOWED) {
      const message = `could not load file "${path}": ${included}`;
      this.#problems.push({
        kind: "pooler/include",
        place,
        reason: "missing",
        path,
        server: refuses(message),
      });
    }
  }

  #entry(source: Source, entry: IniEntry): void {
    if (this.#unknownSection) return;
    if (this.#section === undefined) {
      const message = `load_init_file: value without section: ${entry.key}`;
      const place = { source, span: entry.keySpan };
      this.#problems.push({
        kind: "pooler/section",
        place,
        reason: "none-before",
        name: entry.key,
        server: refuses(message),
      });
    } else if (this.#section === "pgbouncer") this.#setting(source, entry);
    else this.#target(source, entry, this.#section);
  }

  #setting(source: Source, entry: IniEntry): void {
    const setting = poolerSetting(this.#version, "pgbouncer", entry.key);
    if (!setting) {
      const server = refuses(`unknown parameter: pgbouncer/${entry.key}`);
      this.#problems.push({
        kind: "pooler/unknown-setting",
        place: { source, span: entry.keySpan },
        entry,
        server,
      });
      return;
    }
    const value = parsePoolerValue(setting, entry.value);
    const reserved =
      entry.key === "auth_dbname" && entry.value === "pgbouncer" && isSince(this.#version, "1.20");
    if (value !== undefined && !reserved) {
      this.#settings.set(entry.key, { value, text: entry.value, entry, source });
      return;
    }
    const place = { source, span: entry.valueSpan };
    this.#problems.push({
      kind: "pooler/value",
      place,
      entry,
      setting,
      server: refuses(invalidValue(source, entry)),
    });
  }

  #target(source: Source, entry: IniEntry, section: Exclude<PoolerSection, "pgbouncer">): void {
    const connect = readConnectString(entry.value);
    this.#targets[section].set(entry.key, { name: entry.key, entry, source, connect });
    const name = this.#badName(source, entry, section);
    const problems = name ? [name] : this.#badConnect(source, entry, section, connect);
    // 1.15 logs what it cannot use, skips the entry and starts.
    const skips = !isSince(this.#version, "1.16") && section !== "peers";
    for (const problem of problems)
      this.#problems.push(skips ? { ...problem, server: { ...problem.server, effect: "ignored" } } : problem);
  }

  #badName(source: Source, entry: IniEntry, section: PoolerSection): PoolerProblem | undefined {
    const place = { source, span: entry.keySpan };
    const name = (reason: "reserved" | "too-long" | "peer", message: string): PoolerProblem => ({
      kind: "pooler/name",
      place,
      entry,
      reason,
      server: refuses(message),
    });
    if (
      section === "peers" &&
      !(/^\d+$/.test(entry.key) && Number(entry.key) >= 1 && Number(entry.key) <= 65_535)
    )
      return name("peer", "ids of peers must be a number larger than 0 and at most 65536");
    if (section !== "databases") return undefined;
    if (entry.key === "pgbouncer") return name("reserved", 'database name "pgbouncer" is reserved');
    return byteLength(entry.key) > 63 ? name("too-long", "cannot create database, no memory?") : undefined;
  }

  #badConnect(
    source: Source,
    entry: IniEntry,
    section: PoolerSection,
    connect: ConnectString,
  ): PoolerProblem[] {
    const problems: PoolerProblem[] = [];
    const base = entry.valueSpan.start;
    const add = (
      reason: "syntax" | "unknown-key" | "port" | "word" | "host-missing",
      message: string,
      start: number,
      end: number,
      pair = connect.pairs[-1],
    ) => {
      const place = { source, span: { start: base + start, end: base + Math.max(start, end) } };
      const fallback = section === "databases" && entry.key === "*";
      // The fallback is parsed only when somebody asks for a database that is not listed.
      const server = fallback ? ({ effect: "ignored", when: "login", message } as const) : refuses(message);
      problems.push({
        kind: "pooler/connect-string",
        place,
        entry,
        section,
        reason,
        pair: pair ?? null,
        server,
      });
    };
    for (const pair of connect.pairs) {
      const setting = poolerSetting(this.#version, section, pair.key);
      if (!setting)
        add(
          "unknown-key",
          `unrecognized ${PARAMETER[section]} parameter: ${pair.key}`,
          pair.keyStart,
          pair.keyStart + pair.key.length,
          pair,
        );
      else if (pair.key === "port" && atoi(pair.value) === 0)
        add("port", `invalid port: ${pair.value}`, pair.start, pair.end, pair);
      else if (setting.type === "enum" && parsePoolerValue(setting, pair.value) === undefined)
        add(
          "word",
          `invalid ${pair.key === "pool_mode" ? "pool mode" : pair.key}: ${pair.value}`,
          pair.start,
          pair.end,
          pair,
        );
    }
    if (connect.error)
      add("syntax", "syntax error in connection string", connect.error.at, entry.value.length);
    else if (section === "peers" && !connect.pairs.some(({ key }) => key === "host"))
      add("host-missing", `host is required for peer: ${entry.key}`, 0, entry.value.length);
    return problems;
  }
}

/** What PgBouncer calls a key of each section. */
const PARAMETER = { pgbouncer: "connection", databases: "connection", users: "user", peers: "peer" } as const;

const invalidValue = (source: Source, { value, key, line }: IniEntry) =>
  `invalid value "${value}" for parameter ${key} in configuration (${source.path}:${line})`;
