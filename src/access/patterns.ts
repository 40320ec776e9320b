import { prefixMask } from "./address.ts";
import { ALL_IPV4, ALL_IPV6, type Block, blockOf, common, contains, THE_SOCKET } from "./blocks.ts";
import { ANY, type Element, REPLICATION } from "./elements.ts";
import type { Ways } from "./ways.ts";

/** What a line matches: every combination of its ways in, databases, users and addresses. */
export interface Pattern {
  readonly ways: Ways;
  readonly databases: readonly Element[];
  readonly users: readonly Element[];
  readonly from: Origin;
}

/** Where a line lets clients come from. */
export interface Origin {
  /** The addresses that it may mean: all that it does, but for a name. */
  readonly blocks: readonly Block[];
  /** What it means on every machine. */
  readonly surely: readonly Block[];
  /** samehost, samenet or a host name, whose addresses the files do not tell. */
  readonly name: string | null;
  /** The names whose addresses contain those of this name: itself, and wider ones. */
  readonly within: readonly string[];
}

const NOTHING: readonly string[] = [];
const literal = (...blocks: Block[]): Origin => ({ blocks, surely: blocks, name: null, within: NOTHING });

export const FROM_SOCKET = literal(THE_SOCKET);
export const FROM_ANYWHERE = literal(ALL_IPV4, ALL_IPV6);
export const fromBlock = (block: Block): Origin => literal(block);

const unknown = (name: string, within: readonly string[], surely: readonly Block[]): Origin => ({
  blocks: FROM_ANYWHERE.blocks,
  surely,
  name,
  within: [name, ...within],
});

const LOOPBACK_IPV6 = blockOf([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1], prefixMask(128, 16));
const loopback = (bits: number) => [blockOf([127, 0, 0, 1], prefixMask(bits, 4)), LOOPBACK_IPV6];

/** The machine talks to itself by the loopback interface, which is one of its own like any other. */
export const FROM_SAMENET = unknown("samenet", [], loopback(8));
export const FROM_SAMEHOST = unknown("samehost", ["samenet"], loopback(32));

/** A name in small letters; one that begins with a dot stands for all that end in it. */
export function fromHost(name: string): Origin {
  const wider: string[] = [];
  for (let dot = name.indexOf(".", 1); dot !== -1; dot = name.indexOf(".", dot + 1))
    wider.push(`:${name.slice(dot)}`);
  return unknown(`:${name}`, wider, []);
}

export const isHostName = ({ name }: Origin): boolean => name?.startsWith(":") ?? false;

/** Every database and user of the narrow one, as far as they are written, is one of the wide one. */
export const hasLoginsOf = (wide: Pattern, narrow: Pattern): boolean =>
  narrow.databases.every(
    (it) => wide.databases.includes(it) || (it !== REPLICATION && wide.databases.includes(ANY)),
  ) && narrow.users.every((it) => wide.users.includes(it) || wide.users.includes(ANY));

/** Every address of the narrow one is one of the wide one, whatever the names mean. */
export const hasAddressesOf = (wide: Origin, narrow: Origin): boolean =>
  (wide.name !== null && narrow.within.includes(wide.name)) ||
  narrow.blocks.every((block) => wide.surely.some((other) => contains(other, block)));

/** Where clients of both come from; undefined where that is nowhere, or depends on what names mean. */
export function commonOrigin(one: Origin, other: Origin): Origin | undefined {
  if (hasAddressesOf(one, other)) return other;
  if (hasAddressesOf(other, one)) return one;
  const [shared] = one.surely.flatMap((block) => other.surely.flatMap((its) => common(block, its) ?? []));
  return shared && fromBlock(shared);
}
