import { formatIp, prefixMask } from "./address.ts";
import {
  ALL_IPV4,
  ALL_IPV6,
  type Block,
  bitAt,
  blockOf,
  contains,
  ipOf,
  type Words,
  withBit,
} from "./blocks.ts";
import { textOfBytes } from "./bytes.ts";
import { isHostName, type Pattern } from "./patterns.ts";
import type { Sample } from "./reach.ts";
import { GSS, SOCKET, TLS } from "./ways.ts";

/** A connection that gets to a line, with what it takes for granted of the server's roles, networks and names. */
export interface Witness {
  readonly user: string;
  readonly database: string;
  /** Null on the Unix socket. */
  readonly address: string | null;
  readonly tls: boolean;
  readonly gss: boolean;
  readonly replication?: "physical";
  readonly roles: Readonly<Record<string, { readonly memberOf: readonly string[] }>>;
  readonly interfaces: readonly string[];
  readonly hostnames: Readonly<Record<string, readonly string[]>>;
}

/** `hosts` are the names in the file, in small letters: a name of our own is none of them. */
export function witnessOf(
  { login, ways, block }: Sample,
  { from }: Pattern,
  hosts: ReadonlySet<string>,
): Witness {
  const [user, database] = [textOfBytes(login.user), textOfBytes(login.database)];
  const memberOf = login.memberOf.map(textOfBytes);
  const socket = ways === SOCKET;
  const words = socket ? [] : addressIn(block, from.name === "samehost");
  const address = socket ? null : formatIp(ipOf(words));
  const host = from.name !== null && isHostName(from) ? hostNamed(from.name.slice(1), hosts) : undefined;
  const tls = (ways & TLS) !== 0;
  return {
    user,
    database,
    address,
    tls,
    gss: !tls && !socket && (ways & ~GSS) === 0,
    ...(login.replication && { replication: "physical" }),
    roles: { ...Object.fromEntries(memberOf.map((role) => [role, { memberOf: [] }])), [user]: { memberOf } },
    interfaces: address === null ? [] : interfacesOf(from.name, words, address),
    hostnames: host === undefined || address === null ? {} : { [host]: [address] },
  };
}

/** Addresses for examples, of which everybody knows that they are none. */
const EXAMPLES = [
  blockOf([192, 0, 2, 1], prefixMask(32, 4)),
  blockOf([0x20, 0x01, 0x0d, 0xb8, ...Array.from({ length: 11 }, () => 0), 1], prefixMask(128, 16)),
];
const LOOPBACK = blockOf([127, 0, 0, 1], prefixMask(32, 4));

function addressIn(block: Block, loopback: boolean): Words {
  const known = (loopback ? [LOOPBACK, ...EXAMPLES] : EXAMPLES).find((example) => contains(block, example));
  if (known) return known.words;
  // The first address of a network is its own.
  const last = 32 * block.words.length - 1;
  return bitAt(block.mask.words, last) === 0 ? withBit(block.words, last, 1) : block.words;
}

function interfacesOf(name: string | null, words: Words, address: string): readonly string[] {
  const bits = words.length === ALL_IPV4.words.length ? 32 : 32 * ALL_IPV6.words.length;
  if (name === "samehost") return address === "127.0.0.1" ? [] : [`${address}/${bits}`];
  if (name !== "samenet") return [];
  const neighbour = withBit(words, bits - 1, 1 - bitAt(words, bits - 1));
  return [`${formatIp(ipOf(neighbour))}/${bits === 32 ? 24 : 64}`];
}

/** A name that ends in what begins with a dot. */
function hostNamed(name: string, hosts: ReadonlySet<string>): string {
  if (!name.startsWith(".")) return name;
  let count = 1;
  while (hosts.has(`host${count}${name}`)) count++;
  return `host${count}${name}`;
}
