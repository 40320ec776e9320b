import type { Ip } from "./address.ts";
import { IPV4, IPV6, SOCKET, type Ways } from "./ways.ts";

/** An address in words of 32 bits: one for IPv4, four for IPv6, none for the socket. */
export type Words = readonly number[];

/** The addresses of one family that agree with `words` in the bits of a mask. */
export interface Block {
  /** All ways in with such an address. */
  readonly family: Ways;
  readonly words: Words;
  readonly mask: Mask;
}

export interface Mask {
  readonly words: Words;
  /** The ones that it starts with. */
  readonly length: number;
  /** Ones follow on zeros, so that the block is no prefix. */
  readonly odd: boolean;
}

const zeros = (count: number): Words => Array.from({ length: count }, () => 0);
const root = (family: Ways, size: number): Block => ({
  family,
  words: zeros(size),
  mask: { words: zeros(size), length: 0, odd: false },
});

export const THE_SOCKET = root(SOCKET, 0);
export const ALL_IPV4 = root(IPV4, 1);
export const ALL_IPV6 = root(IPV6, 4);

export function blockOf(ip: Ip, mask: Ip): Block {
  const narrow = maskOf(mask);
  const words = wordsOf(ip).map((word, at) => word & (narrow.words[at] ?? 0));
  return { family: ip.length === 4 ? IPV4 : IPV6, words, mask: narrow };
}

/** A large file has the same few masks over and over. */
const masks = new WeakMap<Ip, Mask>();

function maskOf(mask: Ip): Mask {
  const known = masks.get(mask) ?? maskOfWords(wordsOf(mask));
  masks.set(mask, known);
  return known;
}

export function maskOfWords(words: Words): Mask {
  const size = words.length * 32;
  let length = 0;
  while (length < size && bitAt(words, length) === 1) length++;
  let odd = false;
  for (let at = length; at < size; at++) odd ||= bitAt(words, at) === 1;
  return { words, length, odd };
}

function wordsOf(ip: Ip): Words {
  const words: number[] = [];
  for (let at = 0; at < ip.length; at += 4)
    words.push(
      ((ip[at] ?? 0) << 24) | ((ip[at + 1] ?? 0) << 16) | ((ip[at + 2] ?? 0) << 8) | (ip[at + 3] ?? 0),
    );
  return words;
}

export const ipOf = (words: Words): Ip =>
  words.flatMap((word) => [word >>> 24, (word >>> 16) & 0xff, (word >>> 8) & 0xff, word & 0xff]);

export const bitAt = (words: Words, at: number): number => ((words[at >> 5] ?? 0) >>> (31 - (at & 31))) & 1;

export function withBit(words: Words, at: number, bit: number): Words {
  const changed = [...words];
  const one = 1 << (31 - (at & 31));
  changed[at >> 5] = bit === 1 ? (words[at >> 5] ?? 0) | one : (words[at >> 5] ?? 0) & ~one;
  return changed;
}

/** How many bits two addresses have in common from the start, up to a limit. */
export function commonLength(one: Words, other: Words, limit: number): number {
  for (let at = 0; 32 * at < limit; at++) {
    const differing = (one[at] ?? 0) ^ (other[at] ?? 0);
    if (differing !== 0) return Math.min(limit, 32 * at + Math.clz32(differing));
  }
  return limit;
}

/** Whatever `wide` compares, `narrow` compares as well, and they agree in it. */
export const contains = (wide: Block, narrow: Block): boolean =>
  wide.family === narrow.family &&
  wide.mask.words.every((bits, at) => {
    const inner = narrow.mask.words[at] ?? 0;
    return (bits & ~inner) === 0 && (((wide.words[at] ?? 0) ^ (narrow.words[at] ?? 0)) & bits) === 0;
  });

/** The addresses of both; undefined where there are none. */
export function common(one: Block, other: Block): Block | undefined {
  if (one.family !== other.family) return undefined;
  const words: number[] = [];
  const mask: number[] = [];
  for (const [at, bits] of one.mask.words.entries()) {
    const others = other.mask.words[at] ?? 0;
    if ((((one.words[at] ?? 0) ^ (other.words[at] ?? 0)) & bits & others) !== 0) return undefined;
    words.push((one.words[at] ?? 0) | (other.words[at] ?? 0));
    mask.push(bits | others);
  }
  return { family: one.family, words, mask: maskOfWords(mask) };
}

/** The same with one bit more to compare. */
export const narrowed = ({ family, words, mask }: Block, at: number, bit: number): Block => ({
  family,
  words: withBit(words, at, bit),
  mask: maskOfWords(withBit(mask.words, at, 1)),
});
