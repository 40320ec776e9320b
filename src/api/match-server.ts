import { textOfBytes } from "../access/bytes.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { readPoolerHba } from "../cluster/pooler-hba.ts";
import type { TargetInput } from "../cluster/target.ts";
import type { FileSet } from "../text/files.ts";
import type { Source } from "../text/source.ts";
import { clusterOf } from "./cluster-of.ts";
import { ConnectionError, connectionOf, type HbaConnection, poolerConnection } from "./hba-connection.ts";
import { poolerSystemLogin, type SystemLogin, systemLogin } from "./system-login.ts";
import { type Tried, tryPooler, tryPostgres } from "./tried.ts";

export interface ServerMatchInput {
  readonly target: TargetInput;
  /** Whose records; without it those of the server, or of the pooler where there is no server. */
  readonly dialect: "postgres" | "pgbouncer" | undefined;
  readonly connection: HbaConnection;
  /** The name behind the connection that peer, ident, cert or gss finds out. */
  readonly systemUser: string | undefined;
}

/** A match among the files of one server, with the settings that decide about it. */
export interface ServerMatch {
  readonly source: Source;
  /** All files that were read, for the secrets in them. */
  readonly read: readonly Source[];
  readonly tried: Tried;
  /** Undefined where the line asks for no system user, or nobody said who it is. */
  readonly login: SystemLogin | undefined;
}

/** Undefined where there are no records among the files. */
export function matchServer(
  files: FileSet,
  { target, dialect, connection, systemUser }: ServerMatchInput,
): ServerMatch | undefined {
  const cluster = clusterOf(files, target);
  const { hba, pooler, poolerAccess } = cluster;
  if (dialect === "pgbouncer" || (dialect === undefined && !hba)) {
    const rules = poolerAccess?.hba ?? (hba && !pooler ? poolersOwn(cluster, hba.source) : undefined);
    return rules && matchPoolerRules(cluster, rules, connection, systemUser);
  }
  return hba && matchRecords(cluster, hba, connection, systemUser);
}

/** A file that is read as PgBouncer reads it, without a pgbouncer.ini to name it. */
const poolersOwn = ({ files, target }: Cluster, source: Source) =>
  readPoolerHba(files, source, target.pgbouncer, null);

function matchRecords(
  { conf, ident, target }: Cluster,
  hba: NonNullable<Cluster["hba"]>,
  asked: HbaConnection,
  systemUser: string | undefined,
): ServerMatch {
  const isOn = (name: string) => conf?.get(name)?.value === true;
  if (asked.tls && conf?.known("ssl")?.value === false)
    throw new ConnectionError(`ssl is off in ${conf.main.path}, so that nothing is encrypted with TLS`);
  const connection = connectionOf(asked, target.postgres, isOn("db_user_namespace"));
  const tried = tryPostgres(hba, connection);
  const hit = tried.dialect === "postgres" && tried.match.line !== "unknown" ? tried.trail.hit : undefined;
  const { user } = connection;
  const login =
    hit && systemUser !== undefined
      ? systemLogin(
          hit,
          ident,
          { systemUser, user: textOfBytes(user), roles: asked.roles },
          {
            version: target.postgres,
            anyCase: isOn("krb_caseins_users"),
          },
        )
      : undefined;
  const read = new Set([hba.source, ...hba.records.map(({ source }) => source)]);
  return { source: hba.source, read: [...read], tried, login };
}

function matchPoolerRules(
  { target, poolerAccess }: Cluster,
  rules: ReturnType<typeof readPoolerHba>,
  asked: HbaConnection,
  systemUser: string | undefined,
): ServerMatch {
  const connection = poolerConnection(asked);
  const tried = tryPooler(rules, target.pgbouncer, connection);
  const hit = tried.dialect === "pgbouncer" ? tried.trail.hit : undefined;
  const { user, roles } = asked;
  const login =
    hit && systemUser !== undefined
      ? poolerSystemLogin(hit, poolerAccess?.ident, { systemUser, user, roles })
      : undefined;
  return { source: rules.source, read: [rules.source], tried, login };
}
