import { formatIp } from "../access/address.ts";
import { textOfBytes } from "../access/bytes.ts";
import { type HbaHit, type HbaMatch, hitOf, poolerHitOf, type Tried } from "../api/tried.ts";
import type { HbaAddress, HbaLine } from "../cluster/hba.ts";
import type { Connection, Field, Trail } from "../cluster/hba-match.ts";
import type { PoolerHbaLine, PoolerHbaNames } from "../cluster/pooler-hba.ts";

/** A record on the way to the one that is hit, and why the connection passes it, or may hit it. */
export interface Passed extends Pick<HbaHit, "path" | "line"> {
  /** The field that does not match; null where all may, and where the server dropped the line. */
  readonly field: Field | null;
  readonly because: string;
}

/** A record as both servers have it, in words. */
interface Written {
  readonly hit: HbaHit;
  readonly options: readonly string[];
  readonly type: string;
  readonly databases: readonly string[];
  readonly users: readonly string[];
  readonly address: string;
  /** Does the address stand for names of hosts? */
  readonly byName: boolean;
}

/** The records up to the one that is hit. */
export function waysPast(tried: Tried): Passed[] {
  if (tried.dialect === null) return [];
  if (tried.dialect === "postgres") return passedOf(tried, tried.trail, written);
  const { hba, trail } = tried;
  const dropped = hba.problems
    .filter(({ dropped: isDropped, line }) => isDropped && line <= (trail.hit?.line ?? Infinity))
    .map(({ place, line, reason }) => ({
      path: place.source.path,
      line,
      field: null,
      because: `PgBouncer drops this line: ${reason}`,
    }));
  return [...passedOf(tried, trail, writtenPooler), ...dropped].sort((a, b) => a.line - b.line);
}

/** The fields of the record that is hit, as they are written. */
export function hitShown(tried: Tried): string | undefined {
  if (tried.dialect === null) return undefined;
  if (tried.dialect === "postgres") return tried.trail.hit && shownIn(written(tried.trail.hit));
  return tried.trail.hit && shownIn(writtenPooler(tried.trail.hit));
}

function passedOf<Line>(
  { match, connection }: { readonly match: HbaMatch; readonly connection: Connection },
  { steps, hit }: Trail<Line>,
  words: (line: Line) => Written,
): Passed[] {
  return steps
    .filter(({ line }) => line !== hit || match.line === "unknown")
    .map(({ line, failed, onlyIf }) => {
      const its = words(line);
      const { path, line: number } = its.hit;
      const condition = onlyIf.length > 0 ? ` if ${onlyIf.join(" and ")}` : "";
      const because = failed === null ? `matches${condition}` : whyNot(its, failed, connection);
      return { path, line: number, field: failed, because };
    });
}

const written = (line: HbaLine): Written => ({
  hit: hitOf(line),
  options: line.options.map(({ token }) => token.text),
  type: line.type,
  databases: line.databases.map(quotedAsWritten),
  users: line.users.map(quotedAsWritten),
  address: line.address ? addressText(line.address) : "",
  byName: line.address?.kind === "name",
});

const quotedAsWritten = ({ text, quoted }: HbaLine["typeToken"]) =>
  quoted ? `"${text.replaceAll('"', '""')}"` : text;

const addressText = ({ token, ...address }: HbaAddress) =>
  "maskToken" in address && address.maskToken ? `${token.text} ${address.maskToken.text}` : token.text;

const writtenPooler = (line: PoolerHbaLine): Written => ({
  hit: poolerHitOf(line),
  options: poolerHitOf(line).options,
  type: line.type,
  databases: namesOf(line.databases),
  users: namesOf(line.users),
  address: poolerAddress(line),
  byName: false,
});

const namesOf = ({ keywords, names }: PoolerHbaNames) => [...keywords, ...names];

function poolerAddress({ type, network }: PoolerHbaLine): string {
  if (type === "local") return "";
  return network ? `${formatIp(network.ip)} ${formatIp(network.mask)}` : "all";
}

const shownIn = ({ hit, options, type, databases, users, address }: Written): string =>
  [type, databases.join(","), users.join(","), address, hit.method, ...options].filter(Boolean).join(" ");

function whyNot(line: Written, field: Field, connection: Connection): string {
  const { user, database, replication } = connection;
  if (field === "type") return `type ${line.type} ${typeWords(line.type, connection)}`;
  if (field === "address") {
    const from = connection.client ? formatIp(connection.client.ip) : "";
    return line.byName
      ? `address ${line.address} is not the name of ${from}`
      : `address ${line.address} does not contain ${from}`;
  }
  if (field === "user") return `user ${few(line.users)} does not include ${textOfBytes(user)}`;
  if (replication === "physical") return `database ${few(line.databases)} is not for physical replication`;
  if (line.databases.every((name) => name === "replication"))
    return "database replication is for physical replication only";
  return `database ${few(line.databases)} does not include ${textOfBytes(database)}`;
}

function typeWords(type: string, { transport }: Connection): string {
  if (type === "local") return "is for the Unix socket";
  if (transport === "socket") return "is for TCP";
  if (type === "hostssl") return "wants TLS";
  return type === "hostgssenc"
    ? "wants GSSAPI encryption"
    : `does not take ${transport === "tls" ? "TLS" : "GSSAPI encryption"}`;
}

/** A long list by its beginning. */
const few = (names: readonly string[]) =>
  names.length <= 4 ? names.join(",") : `${names.slice(0, 3).join(",")} and ${names.length - 3} more`;
