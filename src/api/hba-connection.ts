import { type Interface, parseAddress, parseInterface } from "../access/client-address.ts";
import type { Roles } from "../access/membership.ts";
import { byteText } from "../access/names.ts";
import type { Version } from "../catalog/version.ts";
import type { Connection, Transport } from "../cluster/hba-match.ts";
import { startupNames } from "../cluster/startup-names.ts";

/** Who connects to what, from where and how. */
export interface HbaConnection {
  readonly user: string;
  readonly database: string;
  /** Null: the Unix socket. */
  readonly address: string | null;
  readonly tls?: boolean | undefined;
  /** Encrypted with GSSAPI. */
  readonly gss?: boolean | undefined;
  readonly replication?: "physical" | "logical" | undefined;
  /** All addresses of the server with their networks, such as 10.1.2.3/24; loopback is there without being named. */
  readonly interfaces?: readonly string[] | undefined;
  /**
   * All names with their addresses, as in /etc/hosts: the first name that has an address is what its reverse lookup
   * gives. Where that is another, it stands behind the address: `{ "10.1.2.3": ["app.example.com"] }`.
   */
  readonly hostnames?: Readonly<Record<string, readonly string[]>> | undefined;
  /** All roles of the server. */
  readonly roles?: Roles | undefined;
}

/** The caller described a connection that there cannot be. */
export class ConnectionError extends Error {}

/** The connection as the server has it; throws where there cannot be one. */
export function connectionOf(
  { address, tls = false, gss = false, replication, interfaces, hostnames, roles, ...names }: HbaConnection,
  { postgres, dialect }: { postgres: Version; dialect: "postgres" | "pgbouncer" },
  userNamespace: boolean,
): Connection {
  if (tls && gss)
    throw new ConnectionError("a connection is encrypted with TLS or with GSSAPI, not with both");
  if (gss && dialect === "pgbouncer") throw new ConnectionError("PgBouncer has no GSSAPI encryption");
  if (gss && postgres.major < 12)
    throw new ConnectionError(`PostgreSQL ${postgres.major} has no GSSAPI encryption, which came with 12`);
  const ip = address === null ? null : parseAddress(address);
  if (ip === undefined) throw new ConnectionError(`"${address}" is no IP address`);
  const known = interfaces?.map(interfaceOf);
  return {
    ...(dialect === "postgres"
      ? startupNames(names, postgres, userNamespace)
      : { user: byteText(names.user), database: byteText(names.database) }),
    replication,
    roles: roles && rolesInBytes(roles),
    transport: transportOf(ip !== null, tls, gss),
    client: ip && { ip, interfaces: known, hostnames },
  };
}

/** On the Unix socket nothing is encrypted. */
function transportOf(tcp: boolean, tls: boolean, gss: boolean): Transport {
  if (!tcp) return "socket";
  if (tls) return "tls";
  return gss ? "gss" : "plain";
}

function interfaceOf(text: string): Interface {
  const its = parseInterface(text);
  if (!its) throw new ConnectionError(`"${text}" is no address of an interface, such as 10.1.2.3/24`);
  return its;
}

const rolesInBytes = (roles: Roles): Roles =>
  Object.fromEntries(
    Object.entries(roles).map(([name, role]) => [
      byteText(name),
      { ...role, memberOf: role.memberOf?.map((other) => byteText(other)) ?? [] },
    ]),
  );
