import {
  type Block,
  bitAt,
  common,
  commonLength,
  contains,
  maskOfWords,
  narrowed,
  type Words,
  withBit,
} from "./blocks.ts";
import type { PrefixNode } from "./prefix-tree.ts";

/** What some lines take of the addresses of one family: prefixes in a tree, blocks with odd masks in a list. */
export interface Shelf {
  readonly tree: PrefixNode | undefined;
  readonly odd: readonly OddBlock[];
}

export interface OddBlock {
  readonly block: Block;
  readonly line: number;
}

const NO_BLOCKS: readonly OddBlock[] = [];

/** Most lists stay empty, so that they are made when something comes. */
export function push<T>(list: T[] | undefined, item: T): T[] {
  if (!list) return [item];
  list.push(item);
  return list;
}

/** What one search may cost; beyond that it says so, and nothing else. */
export class Effort {
  readonly #most: number;
  spent = 0;

  constructor(most: number) {
    this.#most = most;
  }

  /** False where it is too much. */
  spend(steps = 1): boolean {
    this.spent += steps;
    return !this.exceeded;
  }

  get exceeded(): boolean {
    return this.spent > this.#most;
  }
}

/** Looks for addresses that the lines before one of them leave free. */
export class GapSearch {
  /** Where there are none: lines that together take all, some of them several times. */
  readonly proof: number[] = [];
  readonly #before: number;
  readonly #effort: Effort;

  constructor(before: number, effort: Effort) {
    this.#before = before;
    this.#effort = effort;
  }

  /** Addresses of the block that no shelf has; undefined where there are none, or where the search takes too much. */
  find(block: Block, shelves: readonly Shelf[]): Block | undefined {
    let nodes: PrefixNode[] | undefined;
    let odd: OddBlock[] | undefined;
    for (const shelf of shelves) {
      const node = shelf.tree && around(shelf.tree, block.words, block.mask.length, this.#before);
      if (node) nodes = push(nodes, node);
      for (const cover of shelf.odd) {
        if (cover.line >= this.#before || !this.#effort.spend()) break;
        if (contains(cover.block, block)) return this.#taken(cover.line);
        odd = push(odd, cover);
      }
    }
    this.#effort.spend();
    if (!nodes && !odd) return block;
    return this.#in(block, block.words, block.mask.length, nodes ?? [], odd ?? NO_BLOCKS);
  }

  #taken(line: number): undefined {
    this.proof.push(line);
  }

  /** In the part of the block that starts with `length` bits of `words`. */
  #in(
    block: Block,
    words: Words,
    length: number,
    nodes: readonly PrefixNode[],
    odd: readonly OddBlock[],
  ): Block | undefined {
    if (!this.#effort.spend(1 + nodes.length)) return undefined;
    const inside: PrefixNode[] = [];
    let first = this.#before;
    let whole: PrefixNode | undefined;
    for (const node of nodes) {
      const near = around(node, words, length, this.#before);
      if (!near) continue;
      if (near.length <= length && near.line < first) first = near.line;
      else if (near.length === length && near.since < this.#before) whole = near;
      else if (near.length > length) inside.push(near);
      else {
        if (near.low) inside.push(near.low);
        if (near.high) inside.push(near.high);
      }
    }
    if (first < this.#before) return this.#taken(first);
    if (whole) return this.#collect(whole);
    if (inside.length === 0) return this.#without(partOf(block, words, length), odd, 0);
    const high = inside.filter((node) => bitAt(node.words, length) === 1);
    const low = inside.filter((node) => bitAt(node.words, length) === 0);
    const half = (bit: number) => {
      if (bitAt(block.mask.words, length) === 1 && bitAt(block.words, length) !== bit) return undefined;
      return this.#in(block, withBit(words, length, bit), length + 1, bit === 1 ? high : low, odd);
    };
    // The emptier half first: it is the one with a gap.
    const bit = high.length < low.length ? 1 : 0;
    return half(bit) ?? (this.#effort.exceeded ? undefined : half(1 - bit));
  }

  /** The lines that have the parts of a prefix. */
  #collect(node: PrefixNode): undefined {
    if (!this.#effort.spend()) return;
    if (node.line < this.#before) this.proof.push(node.line);
    else {
      if (node.low) this.#collect(node.low);
      if (node.high) this.#collect(node.high);
    }
  }

  /** What blocks with odd masks leave of a block: they are cut off one by one. */
  #without(block: Block, odd: readonly OddBlock[], from: number): Block | undefined {
    let rest = block;
    for (let at = from; at < odd.length; at++) {
      const cover = odd[at];
      if (!this.#effort.spend()) return undefined;
      if (!cover || !common(cover.block, rest)) continue;
      for (let bit = 0; bit < 32 * rest.words.length; bit++) {
        if (bitAt(cover.block.mask.words, bit) === 0 || bitAt(rest.mask.words, bit) === 1) continue;
        const other = 1 - bitAt(cover.block.words, bit);
        const gap = this.#without(narrowed(rest, bit, other), odd, at + 1);
        if (gap || this.#effort.exceeded) return gap;
        rest = narrowed(rest, bit, 1 - other);
      }
      return this.#taken(cover.line);
    }
    return rest;
  }
}

/**
 * The node nearest to a prefix in a tree: the widest around it that a line has, else the one of its own length or the
 * first below; undefined where the tree has nothing in common with it.
 */
function around(tree: PrefixNode, words: Words, length: number, before: number): PrefixNode | undefined {
  let node: PrefixNode | undefined = tree;
  while (node) {
    const shared: number = Math.min(node.length, length);
    if (commonLength(node.words, words, shared) < shared) return undefined;
    if (node.length >= length || node.line < before) return node;
    node = node.halfOf(words);
  }
  return undefined;
}

/** The part of a block that starts with some bits. */
function partOf(block: Block, words: Words, length: number): Block {
  if (length === block.mask.length) return block;
  const mask = block.mask.words.map((bits, at) => bits | prefixWord(length - 32 * at));
  const inner = maskOfWords(mask);
  return {
    family: block.family,
    words: words.map((word, at) => (word | (block.words[at] ?? 0)) & (mask[at] ?? 0)),
    mask: inner,
  };
}

/** The first bits of a word, as many as there are. */
const prefixWord = (bits: number): number => (bits <= 0 ? 0 : bits >= 32 ? -1 : -1 << (32 - bits));
