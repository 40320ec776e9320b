import type { Ip } from "../../access/address.ts";
import type { HbaAddress, HbaLine } from "../../cluster/hba.ts";
import { reachOf } from "./reach.ts";

export type Network = Extract<HbaAddress, { kind: "network" }>;

/** The bits of a netmask that is a prefix; undefined where ones follow on zeros. */
export function prefixOf(mask: Ip): number | undefined {
  let bits = 0;
  while (bits < mask.length * 8 && bitAt(mask, bits) === 1) bits++;
  for (let at = bits; at < mask.length * 8; at++) if (bitAt(mask, at) === 1) return undefined;
  return bits;
}

const bitAt = (ip: Ip, at: number) => ((ip[at >> 3] ?? 0) >> (7 - (at & 7))) & 1;

/** Networks that nobody routes over the internet: RFC 1918, RFC 6598, and their IPv6 kin. */
export function isPrivate({ ip, mask }: Network): boolean {
  const [a = 0, b = 0] = ip;
  const bits = prefixOf(mask) ?? 0;
  if (ip.length === 16)
    return ((a & 0xfe) === 0xfc && bits >= 7) || (a === 0xfe && b >> 6 === 2 && bits >= 10);
  if (a === 10) return bits >= 8;
  if (a === 192 && b === 168) return bits >= 16;
  if (a === 172 && b >> 4 === 1) return bits >= 12;
  return a === 100 && b >> 6 === 1 && bits >= 10;
}

/** Wider than any company's network: the whole internet, or a good part of it. */
export function isOpenToAll(line: HbaLine): boolean {
  if (reachOf(line) === "everywhere") return true;
  const { address } = line;
  if (address?.kind !== "network" || isPrivate(address)) return false;
  const bits = prefixOf(address.mask);
  return bits !== undefined && bits < (address.ip.length === 4 ? 8 : 16);
}

/** "every address", "every IPv4 address", "one in 8 of all IPv6 addresses" */
export function howMany({ address }: HbaLine): string {
  if (address?.kind !== "network") return "every address";
  const family = address.ip.length === 4 ? "IPv4" : "IPv6";
  const bits = prefixOf(address.mask) ?? 0;
  if (bits === 0) return `every ${family} address`;
  return `${bits === 1 ? "half" : `one in ${2 ** bits}`} of all ${family} addresses`;
}

/** "16,777,216" or "2^64": how many addresses a netmask leaves open. */
export function addressCount(mask: Ip): string {
  const free = mask.reduce((sum, byte) => sum + 8 - ones(byte), 0);
  return free > 32 ? `2^${free}` : (2n ** BigInt(free)).toLocaleString("en-US");
}

function ones(byte: number): number {
  let count = 0;
  for (let left = byte; left > 0; left >>= 1) count += left & 1;
  return count;
}
