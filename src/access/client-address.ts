import { formatIp, type Ip, parseIp, prefixMask } from "./address.ts";
import { type Answer, anyOf } from "./answer.ts";

/** A network interface of the server; without the mask it is not known what else its network holds. */
export interface Interface {
  readonly ip: Ip;
  readonly mask: Ip | null;
}

/** Names with their addresses, as in /etc/hosts: the first that has an address is what its reverse lookup gives. */
export type Hostnames = Readonly<Record<string, readonly string[]>>;

/** Where a client comes from, and what the server's machine knows of its network. */
export interface ClientAddress {
  readonly ip: Ip;
  readonly interfaces: readonly Interface[] | undefined;
  readonly hostnames: Hostnames | undefined;
}

/** An address of a client or an interface; the scope of an IPv6 address does not matter. */
export const parseAddress = (text: string): Ip | undefined => parseIp(text.replace(/%.*$/s, ""));

/** `10.1.2.3/24`, or the address alone. */
export function parseInterface(text: string): Interface | undefined {
  const [address = "", bits, more] = text.split("/");
  const ip = parseAddress(address);
  if (!ip || more !== undefined) return undefined;
  if (bits === undefined) return { ip, mask: null };
  return /^\d{1,3}$/.test(bits) && Number(bits) <= 8 * ip.length
    ? { ip, mask: prefixMask(Number(bits), ip.length) }
    : undefined;
}

/** check_ip() of hba.c: of one family, and equal in the bits of the mask, whichever these are. */
export const isInNetwork = (client: Ip, ip: Ip, mask: Ip): boolean =>
  client.length === ip.length && ip.every((byte, at) => ((byte ^ (client[at] ?? 0)) & (mask[at] ?? 0)) === 0);

/** Every machine talks to itself by these. */
const LOOPBACK: readonly Interface[] = [
  { ip: [127, 0, 0, 1], mask: prefixMask(8, 4) },
  { ip: [...Array.from({ length: 15 }, () => 0), 1], mask: prefixMask(128, 16) },
];

export function isSameHost({ ip, interfaces }: ClientAddress): Answer {
  const isIt = (its: Interface) => isInNetwork(ip, its.ip, prefixMask(8 * ip.length, ip.length));
  if (LOOPBACK.some(isIt)) return true;
  if (!interfaces) return { onlyIf: `${formatIp(ip)} is an address of the server` };
  return interfaces.some(isIt);
}

export function isSameNet(client: ClientAddress): Answer {
  const { ip, interfaces } = client;
  if (LOOPBACK.some((its) => its.mask && isInNetwork(ip, its.ip, its.mask))) return true;
  if (!interfaces) return { onlyIf: `${formatIp(ip)} is in a network of the server` };
  return anyOf(interfaces, (its) => {
    if (its.mask) return isInNetwork(ip, its.ip, its.mask);
    if (its.ip.length !== ip.length) return false;
    return (
      formatIp(its.ip) === formatIp(ip) || {
        onlyIf: `${formatIp(ip)} is in the network of ${formatIp(its.ip)}`,
      }
    );
  });
}

/**
 * check_hostname() of hba.c: the name that the client's address has is the one of the record, or ends in it where that
 * begins with a dot; and this name has the client's address.
 */
export function isHost({ ip, hostnames }: ClientAddress, pattern: string): Answer {
  if (!hostnames) return { onlyIf: `${formatIp(ip)} is ${pattern}` };
  const name = nameOf(ip, hostnames);
  if (name === undefined) return false;
  const [lower, wanted] = [lowerCase(name), lowerCase(pattern)];
  return (
    (wanted.startsWith(".") ? lower.endsWith(wanted) : lower === wanted) &&
    Object.entries(hostnames).some(([host, addresses]) => lowerCase(host) === lower && has(addresses, ip))
  );
}

/** pg_strcasecmp() in the C locale. */
const lowerCase = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

/** The reverse lookup: what is given for the address itself comes before what names it. */
function nameOf(ip: Ip, hostnames: Hostnames): string | undefined {
  const entries = Object.entries(hostnames);
  const given = entries.find(([host]) => isSame(parseAddress(host), ip));
  return given ? given[1][0] : entries.find(([, addresses]) => has(addresses, ip))?.[0];
}

const has = (addresses: readonly string[], ip: Ip) =>
  addresses.some((text) => isSame(parseAddress(text), ip));
const isSame = (one: Ip | undefined, other: Ip) => one !== undefined && formatIp(one) === formatIp(other);
