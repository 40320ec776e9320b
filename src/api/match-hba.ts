import type { PoolerVersion } from "../catalog/pooler-version.ts";
import { isSince } from "../catalog/pooler-version.ts";
import { type HbaFile, type HbaLine, readHba } from "../cluster/hba.ts";
import { type Connection, matchHbaLines, type Trail } from "../cluster/hba-match.ts";
import { rejection } from "../cluster/hba-rejection.ts";
import { kindOf } from "../cluster/kinds.ts";
import { type PoolerHbaLine, readPoolerHba } from "../cluster/pooler-hba.ts";
import { readPoolerIdent } from "../cluster/pooler-ident.ts";
import { matchPoolerLines } from "../cluster/pooler-match.ts";
import { resolveTarget, type TargetInput } from "../cluster/target.ts";
import { type FileSet, fileSet } from "../text/files.ts";
import type { FileInput, Source } from "../text/source.ts";
import { connectionOf, type HbaConnection } from "./hba-connection.ts";

export interface MatchInput {
  /** The first is the pg_hba.conf, or the auth_hba_file. */
  readonly files: readonly FileInput[];
  readonly target?: TargetInput;
  readonly dialect?: "postgres" | "pgbouncer";
  readonly connection: HbaConnection;
  /** Settings of the server that decide about records; as they are by default, but for ssl, which is on. */
  readonly settings?: MatchSettings;
}

export interface MatchSettings {
  readonly ssl?: boolean;
  readonly oauth_validator_libraries?: string;
  readonly db_user_namespace?: boolean;
}

/** The line that a connection hits; null where none does, or what it depends on. */
export type HbaMatch =
  | {
      readonly path: string;
      readonly line: number;
      readonly method: string;
      readonly options: readonly string[];
    }
  | { readonly line: null; readonly because: string }
  | { readonly line: "unknown"; readonly because: string };

/** Which line a connection hits: the first of which all fields match, whatever its method then says. */
export const matchHba = ({ files, ...input }: MatchInput): HbaMatch => tryHba(fileSet(files), input).match;

/** A match with the way to it. */
export type Tried = { readonly match: HbaMatch } & (
  | {
      readonly dialect: "postgres";
      readonly file: HbaFile;
      readonly connection: Connection;
      readonly trail: Trail<HbaLine>;
    }
  | {
      readonly dialect: "pgbouncer";
      readonly connection: Connection;
      readonly trail: Trail<PoolerHbaLine>;
    }
  /** The file, or the connection, does not get as far as the records. */
  | { readonly dialect: null }
);

/** The same over files from anywhere; the first is read. */
export function tryHba(
  files: FileSet,
  { target, dialect = "postgres", connection: asked, settings = {} }: Omit<MatchInput, "files">,
): Tried {
  const { postgres, pgbouncer } = resolveTarget(target ?? {}, {});
  const [path = ""] = files.paths;
  const source = files.read(path);
  const connection = connectionOf(asked, { postgres, dialect }, settings.db_user_namespace ?? false);
  if (dialect === "pgbouncer") return tryPooler(files, source, pgbouncer, connection);
  if (typeof source === "string") return none("unknown", `could not open file "${path}": ${source}`);
  const file = readHba(files, source, {
    version: postgres,
    ssl: settings.ssl ?? true,
    oauthLibraries: settings.oauth_validator_libraries ?? "",
    userNamespace: settings.db_user_namespace ?? false,
  });
  // A server that runs already goes on with what it read before.
  if (!file.accepts) return none("unknown", `the server does not load ${path}: ${firstRefusal(file)}`);
  const trail = matchHbaLines(file.lines, connection, postgres);
  const match = matchOf(trail, lineShown, () => rejection("no record", connection, postgres));
  return { match, dialect, file, connection, trail };
}

const none = (line: null | "unknown", because: string): Tried => ({
  match: line === null ? { line, because } : { line, because },
  dialect: null,
});

const lineShown = ({ record, method, shownOptions }: HbaLine) => ({
  path: record.source.path,
  line: record.line,
  method,
  options: shownOptions,
});

function firstRefusal({ problems }: HbaFile): string {
  const refusal = problems.find(({ server }) => server.effect === "refuses");
  const where = refusal?.record ? `line ${refusal.record.line}: ` : "";
  return `${where}${refusal?.server.message ?? ""}`;
}

function tryPooler(
  files: FileSet,
  source: Source | string,
  version: PoolerVersion,
  connection: Connection,
): Tried {
  // Without the file it starts, and rejects every login.
  if (typeof source === "string") return none(null, "login rejected");
  if (connection.replication !== undefined && !isSince(version, "1.23"))
    return none(null, "unsupported startup parameter: replication");
  const ident = otherFile(files, "pg_ident.conf");
  const maps = new Set(ident && readPoolerIdent(ident).lines.map(({ map }) => map));
  const { lines } = readPoolerHba(files, source, version, maps);
  const trail = matchPoolerLines(lines, { ...connection, ip: connection.client?.ip ?? null });
  const match = matchOf(trail, poolerLineShown, () => "login rejected");
  return { match, dialect: "pgbouncer", connection, trail };
}

const poolerLineShown = ({ line, place, method, map }: PoolerHbaLine) => ({
  path: place.source.path,
  line,
  method,
  options: map === null ? [] : [`map=${map}`],
});

/** A file beside the first that is of some kind. */
export function otherFile(files: FileSet, kind: ReturnType<typeof kindOf>): Source | undefined {
  for (const path of files.paths.slice(1)) {
    const source = files.read(path);
    if (typeof source !== "string" && kindOf(path, source.text) === kind) return source;
  }
  return undefined;
}

type Hit = Extract<HbaMatch, { path: string }>;

function matchOf<Line>(
  { hit, possible }: Trail<Line>,
  shown: (line: Line) => Hit,
  rejected: () => string,
): HbaMatch {
  if (possible.length === 0) return hit ? shown(hit) : { line: null, because: rejected() };
  const conditions = possible.map(
    ({ line, onlyIf }) => `line ${shown(line).line} if ${onlyIf.join(" and ")}`,
  );
  const otherwise = hit ? `line ${shown(hit).line}` : "no line";
  return { line: "unknown", because: `${conditions.join("; ")}; otherwise ${otherwise}` };
}
