import { type Ip, parseIp } from "../../access/address.ts";
import { EVERY_WAY, IPV4, IPV6, SOCKET, TLS, type Ways } from "../../access/ways.ts";
import type { Conf } from "../../cluster/conf.ts";
import type { HbaFile, HbaLine } from "../../cluster/hba.ts";
import { splitNames } from "../../values/lists.ts";

/** From where a record lets clients in. */
export type Reach = "socket" | "loopback" | "host" | "network" | "everywhere";

export function reachOf({ address }: Pick<HbaLine, "address">): Reach {
  if (address === null) return "socket";
  if (address.kind === "network") return reachOfNetwork(address.ip, address.mask);
  if (address.kind === "name") return address.name === "localhost" ? "loopback" : "host";
  return OF_KEYWORD[address.kind];
}

const OF_KEYWORD = { all: "everywhere", samehost: "loopback", samenet: "network" } as const;

function reachOfNetwork(ip: Ip, mask: Ip): Reach {
  if (mask.every((byte) => byte === 0)) return "everywhere";
  if (isLoopback(ip, mask)) return "loopback";
  return mask.every((byte) => byte === 255) ? "host" : "network";
}

const isLoopback = (ip: Ip, mask: Ip): boolean =>
  ip.length === 4
    ? ip[0] === 127 && mask[0] === 255
    : mask.every((byte) => byte === 255) && ip.every((byte, at) => byte === (at === 15 ? 1 : 0));

const REMOTE: ReadonlySet<Reach> = new Set(["host", "network", "everywhere"]);

/** Can a client on another machine use it? */
export const isRemote = (line: Pick<HbaLine, "address">): boolean => isRemoteReach(reachOf(line));

export const isRemoteReach = (reach: Reach): boolean => REMOTE.has(reach);

/** Does any record take encrypted connections alone? */
export const asksForEncryption = ({ lines }: HbaFile): boolean =>
  lines.some(({ type }) => type === "hostssl" || type === "hostgssenc");

/** Where the server listens; unknown where the files do not say. */
export type Listens = "socket" | "loopback" | "remote" | "unknown";

export function listensOn(conf: Conf | undefined): Listens {
  const setting = conf?.known("listen_addresses");
  if (!setting) return "unknown";
  const names = splitNames(setting.base) ?? ["*"];
  if (names.length === 0) return "socket";
  return names.every((name) => name === "localhost" || name === "::1" || name.startsWith("127."))
    ? "loopback"
    : "remote";
}

/** The ways on which the server takes connections at all, as far as its files say. */
export function waysIn(conf: Conf | undefined): Ways {
  let ways = EVERY_WAY;
  if (conf?.known("ssl")?.value === false) ways &= ~TLS;
  if (conf?.set.has("unix_socket_directories") && conf.known("unix_socket_directories")?.value === "")
    ways &= ~SOCKET;
  const addresses = conf?.set.has("listen_addresses") && conf.known("listen_addresses");
  const names = addresses ? splitNames(addresses.base) : undefined;
  if (!names) return ways;
  let tcp = 0;
  for (const name of names) tcp |= familiesOf(name);
  return ways & (SOCKET | tcp);
}

/** A host name may have addresses of both. */
function familiesOf(name: string): Ways {
  const ip = name === "*" ? undefined : parseIp(name);
  if (!ip) return IPV4 | IPV6;
  return ip.length === 4 ? IPV4 : IPV6;
}
