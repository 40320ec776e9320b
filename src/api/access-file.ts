import { Elements } from "../access/elements.ts";
import type { Pattern } from "../access/patterns.ts";
import { EVERY_WAY, GSS, type Ways } from "../access/ways.ts";
import { type PoolerVersion, poolerVersionText } from "../catalog/pooler-version.ts";
import { versionText } from "../catalog/version.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { HbaFile, HbaLine } from "../cluster/hba.ts";
import { matchHbaLines, type Trail } from "../cluster/hba-match.ts";
import { HbaPatterns } from "../cluster/hba-patterns.ts";
import { searcher } from "../cluster/hba-reach.ts";
import { type PoolerHba, type PoolerHbaLine, readPoolerHba } from "../cluster/pooler-hba.ts";
import { matchPoolerLines } from "../cluster/pooler-match.ts";
import { poolerPatterns } from "../cluster/pooler-patterns.ts";
import { lineText } from "../rules/support/hba-lines.ts";
import type { Source } from "../text/source.ts";
import { connectionOf, type HbaConnection, poolerConnection } from "./hba-connection.ts";
import { firstRefusal } from "./tried.ts";

/** A line of a pg_hba.conf or an auth_hba_file that its server keeps. */
export interface AccessLine {
  readonly path: string;
  readonly line: number;
  /** The line as it is written, with the secrets that it has. */
  readonly text: string;
  readonly method: string;
  /** What is set behind the method, defaults among it; with the secrets. */
  readonly options: readonly string[];
  readonly patterns: readonly Pattern[];
}

/** Whoever reads a file about who gets in, both servers alike. */
export interface AccessFile {
  readonly dialect: "postgres" | "pgbouncer";
  /** "PostgreSQL 17" */
  readonly server: string;
  readonly source: Source;
  /** All files that were read, for the secrets in them. */
  readonly read: readonly Source[];
  readonly lines: readonly AccessLine[];
  /** Ways in that there are at all with this release. */
  readonly ways: Ways;
  /** What PgBouncer drops. */
  readonly dropped: readonly { readonly line: number; readonly reason: string }[];
  /** Why the server does not load the file. */
  readonly refusal: string | null;
  /** The line that takes a connection, and those before it that may. */
  match(connection: HbaConnection): {
    readonly hit: AccessLine | undefined;
    readonly possible: readonly { readonly line: AccessLine; readonly onlyIf: readonly string[] }[];
  };
}

/** What the lines of one file, or of two that are compared, are made of. */
export const accessElements = (): Elements => new Elements(searcher());

export type Dialect = AccessFile["dialect"];

/** PostgreSQL's file and that of the pooler before it, if they are there, unless one of them is asked for. */
export function accessFiles(cluster: Cluster, elements: Elements, dialect?: Dialect): AccessFile[] {
  const { hba, pooler, poolerAccess, target, files } = cluster;
  // Without a pgbouncer.ini that names it, the file is told from others by whoever asks.
  const own =
    dialect === "pgbouncer" && hba && !pooler
      ? readPoolerHba(files, hba.source, target.pgbouncer, null)
      : undefined;
  const rules = dialect === "postgres" ? undefined : (poolerAccess?.hba ?? own);
  const found = hba && dialect !== "pgbouncer" ? [postgresAccess(hba, elements)] : [];
  if (rules) found.push(poolerAccessFile(rules, target.pgbouncer, elements));
  return found;
}

export function postgresAccess(hba: HbaFile, elements: Elements): AccessFile {
  const { version, source, records } = hba;
  const patterns = new HbaPatterns(version, elements);
  const lines = new Map(
    hba.lines.map((line) => [
      line,
      {
        path: line.record.source.path,
        line: line.record.line,
        text: lineText(line),
        method: line.method,
        options: optionsOf(line),
        patterns: [patterns.patternOf(line)],
      },
    ]),
  );
  return {
    dialect: "postgres",
    server: `PostgreSQL ${versionText(version)}`,
    source,
    read: [...new Set([source, ...records.map((record) => record.source)])],
    lines: [...lines.values()],
    ways: version.major < 12 ? EVERY_WAY & ~GSS : EVERY_WAY,
    dropped: [],
    refusal: hba.accepts ? null : firstRefusal(hba),
    match: (asked) =>
      translated(matchHbaLines(hba.lines, connectionOf(asked, version, false), version), lines),
  };
}

/** What the view shows, with defaults, and what it does not show as it is written. */
function optionsOf({ options, shownOptions }: HbaLine): readonly string[] {
  if (options.length === 0) return shownOptions;
  const shown = new Set(shownOptions.map(nameOf));
  const others = new Map(options.map(({ name, value }) => [name, `${name}=${value}`]));
  const more = [...others].filter(([name]) => !shown.has(name) && name !== "ldapurl").map(([, text]) => text);
  return [...shownOptions, ...more];
}

export const nameOf = (option: string): string => option.slice(0, option.indexOf("="));

function poolerAccessFile(hba: PoolerHba, version: PoolerVersion, elements: Elements): AccessFile {
  const { source } = hba;
  const lines = new Map(
    hba.lines.map((line) => [
      line,
      {
        path: line.place.source.path,
        line: line.line,
        text: poolerLineText(line),
        method: line.method,
        options: poolerOptions(line),
        patterns: poolerPatterns(line, elements),
      },
    ]),
  );
  return {
    dialect: "pgbouncer",
    server: `PgBouncer ${poolerVersionText(version)}`,
    source,
    read: [source],
    lines: [...lines.values()],
    ways: EVERY_WAY & ~GSS,
    dropped: hba.problems.filter(({ dropped }) => dropped),
    refusal: null,
    match: (asked) => {
      const connection = poolerConnection(asked);
      const ip = connection.client?.ip ?? null;
      return translated(matchPoolerLines(hba.lines, { ...connection, ip }), lines);
    },
  };
}

/** Those of ldap go to the LDAP library as they are. */
function poolerOptions(line: PoolerHbaLine): readonly string[] {
  if (line.method === "ldap") return [poolerLineText(line).replace(/^.*? ldap\b ?/, "")].filter(Boolean);
  return line.map === null ? [] : [`map=${line.map}`];
}

const poolerLineText = ({ place: { source, span } }: PoolerHbaLine) =>
  source.text.slice(span.start, span.end).trim().split(/\s+/).join(" ");

function translated<Line>(
  { hit, possible }: Trail<Line>,
  lines: ReadonlyMap<Line, AccessLine>,
): ReturnType<AccessFile["match"]> {
  return {
    hit: hit && lines.get(hit),
    possible: possible.flatMap(({ line, onlyIf }) => {
      const its = lines.get(line);
      return its ? [{ line: its, onlyIf }] : [];
    }),
  };
}
