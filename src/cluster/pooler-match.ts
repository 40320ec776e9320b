import type { Ip } from "../access/address.ts";
import { byteText } from "../access/bytes.ts";
import { isInNetwork } from "../access/client-address.ts";
import { type Field, type Trail, type Transport, trailOf } from "./hba-match.ts";
import type { PoolerHbaLine, PoolerHbaNames } from "./pooler-hba.ts";

/** A connection as PgBouncer sees it; names as byteText() makes them. */
export interface PoolerConnection {
  readonly user: string;
  readonly database: string;
  readonly replication: "physical" | "logical" | undefined;
  readonly transport: Transport;
  readonly ip: Ip | null;
}

const TRANSPORTS: Readonly<Record<PoolerHbaLine["type"], readonly Transport[]>> = {
  local: ["socket"],
  host: ["plain", "tls"],
  hostssl: ["tls"],
  hostnossl: ["plain"],
};

/** hba_eval() of PgBouncer: every answer is sure, as nothing depends on memberships or names of hosts. */
export const matchPoolerLines = (
  lines: readonly PoolerHbaLine[],
  connection: PoolerConnection,
): Trail<PoolerHbaLine> => trailOf(lines, (line, field) => matches(line, field, connection));

function matches(line: PoolerHbaLine, field: Field, connection: PoolerConnection): boolean {
  const { user, database, replication, transport, ip } = connection;
  const { encoding } = line.place.source;
  const has = ({ names, keywords }: PoolerHbaNames, name: string, other: string) =>
    keywords.includes("all") ||
    (keywords.includes("sameuser") && name === other) ||
    names.some((its) => byteText(its, encoding) === name);
  if (field === "type") return TRANSPORTS[line.type].includes(transport);
  // Its column for users has the same words as that for databases.
  if (field === "user") return has(line.users, user, database);
  if (field === "database")
    return replication === "physical"
      ? line.databases.keywords.includes("replication")
      : has(line.databases, database, user);
  const { network } = line;
  return network === null || ip === null || isInside(ip, network.ip, network.mask);
}

/** The address of the line is not masked: with bits outside of the mask it is that of no client. */
const isInside = (client: Ip, ip: Ip, mask: Ip) =>
  isInNetwork(client, ip, mask) && ip.every((byte, at) => (byte & ~(mask[at] ?? 0) & 0xff) === 0);
