import { byteText } from "../access/bytes.ts";
import { type Interface, parseAddress, parseInterface } from "../access/client-address.ts";
import { membershipsOf, type Roles } from "../access/membership.ts";
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

/** The connection as PostgreSQL has it; throws where there cannot be one. */
export function connectionOf(asked: HbaConnection, version: Version, userNamespace: boolean): Connection {
  if (asked.gss && version.major < 12)
    throw new ConnectionError(`PostgreSQL ${version.major} has no GSSAPI encryption, which came with 12`);
  return { ...waysOf(asked), ...namesOf(asked, startupNames(asked, version, userNamespace)) };
}

/** The same for PgBouncer, which takes names as they come. */
export function poolerConnection(asked: HbaConnection): Connection {
  if (asked.gss) throw new ConnectionError("PgBouncer has no GSSAPI encryption");
  const names = { user: byteText(asked.user), database: byteText(asked.database) };
  return { ...waysOf(asked), ...namesOf(asked, names) };
}

type Names = Pick<Connection, "user" | "database" | "memberships">;

const namesOf = ({ roles }: HbaConnection, names: Omit<Names, "memberships">): Names => ({
  ...names,
  memberships: membershipsOf(roles, names.user),
});

function waysOf({
  address,
  tls = false,
  gss = false,
  replication,
  interfaces,
  hostnames,
}: HbaConnection): Omit<Connection, keyof Names> {
  if (tls && gss)
    throw new ConnectionError("a connection is encrypted with TLS or with GSSAPI, not with both");
  const ip = address === null ? null : parseAddress(address);
  if (ip === undefined) throw new ConnectionError(`"${address}" is no IP address`);
  const known = interfaces?.map(interfaceOf);
  return {
    replication,
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
