import { readHba } from "../cluster/hba.ts";
import { kindOf } from "../cluster/kinds.ts";
import { readPoolerHba } from "../cluster/pooler-hba.ts";
import { readPoolerIdent } from "../cluster/pooler-ident.ts";
import { resolveTarget, type TargetInput } from "../cluster/target.ts";
import { type FileSet, fileSet } from "../text/files.ts";
import type { FileInput } from "../text/source.ts";
import { connectionOf, type HbaConnection, poolerConnection } from "./hba-connection.ts";
import { type HbaMatch, type Tried, tryPooler, tryPostgres, unknown } from "./tried.ts";

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

/** Which line a connection hits: the first of which all fields match, whatever its method then says. */
export const matchHba = ({ files, ...input }: MatchInput): HbaMatch => tryFirst(fileSet(files), input).match;

function tryFirst(
  files: FileSet,
  { target, dialect = "postgres", connection: asked, settings = {} }: Omit<MatchInput, "files">,
): Tried {
  const { postgres, pgbouncer } = resolveTarget(target ?? {}, {});
  const userNamespace = settings.db_user_namespace ?? false;
  const [path = ""] = files.paths;
  const source = files.read(path);
  if (dialect === "pgbouncer") {
    const connection = poolerConnection(asked);
    const hba =
      typeof source === "string" ? undefined : readPoolerHba(files, source, pgbouncer, mapsIn(files));
    return tryPooler(hba, pgbouncer, connection);
  }
  const connection = connectionOf(asked, postgres, userNamespace);
  if (typeof source === "string") return unknown(`could not open file "${path}": ${source}`);
  const file = readHba(files, source, {
    version: postgres,
    ssl: settings.ssl ?? true,
    oauthLibraries: settings.oauth_validator_libraries ?? "",
    userNamespace,
  });
  return tryPostgres(file, connection);
}

/** The maps of the auth_ident_file beside the first file: without one there are none. */
function mapsIn(files: FileSet): ReadonlySet<string> {
  for (const path of files.paths.slice(1)) {
    const source = files.read(path);
    if (typeof source !== "string" && kindOf(path, source.text) === "pg_ident.conf")
      return new Set(readPoolerIdent(source).lines.map(({ map }) => map));
  }
  return new Set();
}
