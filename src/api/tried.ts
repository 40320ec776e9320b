import { isSince, type PoolerVersion } from "../catalog/pooler-version.ts";
import type { HbaFile, HbaLine } from "../cluster/hba.ts";
import { type Connection, matchHbaLines, type Trail } from "../cluster/hba-match.ts";
import { rejection } from "../cluster/hba-rejection.ts";
import type { PoolerHba, PoolerHbaLine } from "../cluster/pooler-hba.ts";
import { matchPoolerLines } from "../cluster/pooler-match.ts";

/** The line that a connection hits; null where none does, or what it depends on. */
export type HbaMatch =
  | HbaHit
  | { readonly line: null; readonly because: string }
  | { readonly line: "unknown"; readonly because: string };

export interface HbaHit {
  readonly path: string;
  readonly line: number;
  readonly method: string;
  readonly options: readonly string[];
}

/** A match with the way to it; there is none where the file or the connection does not get as far as the records. */
export type Tried = {
  readonly match: HbaMatch;
  /** What the server tells the client that it rejects. */
  readonly words: string | null;
} & (
  | { readonly dialect: "postgres"; readonly connection: Connection; readonly trail: Trail<HbaLine> }
  | {
      readonly dialect: "pgbouncer";
      readonly connection: Connection;
      readonly trail: Trail<PoolerHbaLine>;
      readonly hba: PoolerHba;
    }
  | { readonly dialect: null }
);

export function tryPostgres(file: HbaFile, connection: Connection): Tried {
  const { lines, version } = file;
  // A server that runs already goes on with what it read before.
  if (!file.accepts) return unknown(`the server does not load it: ${firstRefusal(file)}`);
  const trail = matchHbaLines(lines, connection, version);
  const words = (by: "reject" | "no record") => rejection(by, connection, version);
  return { ...outcome(trail, hitOf, words), dialect: "postgres", connection, trail };
}

export const unknown = (because: string): Tried => ({
  match: { line: "unknown", because },
  words: null,
  dialect: null,
});

function firstRefusal({ problems }: HbaFile): string {
  const refusal = problems.find(({ server }) => server.effect === "refuses");
  const where = refusal?.record ? `line ${refusal.record.line}: ` : "";
  return `${where}${refusal?.server.message ?? ""}`;
}

/** Without a file PgBouncer starts, and rejects every login. */
export function tryPooler(hba: PoolerHba | undefined, version: PoolerVersion, connection: Connection): Tried {
  const turnedAway = (because: string): Tried => ({
    match: { line: null, because },
    words: because,
    dialect: null,
  });
  if (connection.replication !== undefined && !isSince(version, "1.23"))
    return turnedAway("unsupported startup parameter: replication");
  const words = (by: "reject" | "no record") => poolerRejection(by, version);
  if (!hba) return turnedAway(words("no record"));
  const trail = matchPoolerLines(hba.lines, { ...connection, ip: connection.client?.ip ?? null });
  return { ...outcome(trail, poolerHitOf, words), dialect: "pgbouncer", connection, trail, hba };
}

const poolerRejection = (by: "reject" | "no record", version: PoolerVersion) =>
  by === "no record" && isSince(version, "1.23") ? "no authentication method is found" : "login rejected";

export const hitOf = ({ record, method, shownOptions }: HbaLine): HbaHit => ({
  path: record.source.path,
  line: record.line,
  method,
  options: shownOptions,
});

export const poolerHitOf = ({ line, place, method, map }: PoolerHbaLine): HbaHit => ({
  path: place.source.path,
  line,
  method,
  options: map === null ? [] : [`map=${map}`],
});

function outcome<Line>(
  { hit, possible }: Trail<Line>,
  shown: (line: Line) => HbaHit,
  words: (by: "reject" | "no record") => string,
): Pick<Tried, "match" | "words"> {
  if (possible.length > 0) {
    const conditions = possible.map(
      ({ line, onlyIf }) => `line ${shown(line).line} if ${onlyIf.join(" and ")}`,
    );
    const otherwise = hit ? `line ${shown(hit).line}` : "no line";
    return {
      match: { line: "unknown", because: `${conditions.join("; ")}; otherwise ${otherwise}` },
      words: null,
    };
  }
  if (!hit) return { match: { line: null, because: words("no record") }, words: words("no record") };
  const match = shown(hit);
  return { match, words: match.method === "reject" ? words("reject") : null };
}
