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
  readonly odd: readonly { readonly block: Block; readonly line: number }[];
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
  /** Where there are none: lines that together take all. */
  readonly proof = new Set<number>();
  readonly #before: number;
  readonly #effort: Effort;

  constructor(before: number, effort: Effort) {
    this.#before = before;
    this.#effort = effort;
  }

  /** Addresses of the block that no shelf has; undefined where there are none, or where the search takes too much. */
  find(block: Block, shelves: readonly Shelf[]): Block | undefined {
    const nodes: PrefixNode[] = [];
    const odd: { readonly block: Block; readonly line: number }[] = [];
    for (const shelf of shelves) {
      if (shelf.tree) nodes.push(shelf.tree);
      for (const cover of shelf.odd) {
        if (cover.line >= this.#before || !this.#effort.spend()) break;
        if (!contains(cover.block, block)) odd.push(cover);
        else return this.#taken(cover.line);
      }
    }
    if (nodes.length === 0 && odd.length === 0) return block;
    return this.#in(block, block.words, block.mask.length, nodes, odd);
  }

  #taken(line: number): undefined {
    this.proof.add(line);
  }

  /** In the part of the block that starts with `length` bits of `words`. */
  #in(
    block: Block,
    words: Words,
    length: number,
    nodes: readonly PrefixNode[],
    odd: Shelf["odd"],
  ): Block | undefined {
    if (!this.#effort.spend(1 + nodes.length)) return undefined;
    const inside: PrefixNode[] = [];
    let first = this.#before;
    let whole: PrefixNode | undefined;
    for (const node of nodes) {
      const near = around(node, words, length, this.#before);
      if (near === undefined) continue;
      if (near.length <= length && near.line < first) first = near.line;
      else if (near.length === length && near.since < this.#before) whole = near;
      else if (near.length > length) inside.push(near);
      else for (const half of near.halves ?? []) if (half) inside.push(half);
    }
    if (first < this.#before) return this.#taken(first);
    if (whole) return this.#collect(whole);
    if (inside.length === 0) return this.#without(partOf(block, words, length), odd, 0);
    const halves = [0, 1].map((bit) => ({
      bit,
      nodes: inside.filter((node) => bitAt(node.words, length) === bit),
    }));
    const isFixed = bitAt(block.mask.words, length) === 1;
    for (const half of halves.sort((a, b) => a.nodes.length - b.nodes.length)) {
      if (isFixed && half.bit !== bitAt(block.words, length)) continue;
      const gap = this.#in(block, withBit(words, length, half.bit), length + 1, half.nodes, odd);
      if (gap || this.#effort.exceeded) return gap;
    }
    return undefined;
  }

  /** The lines that have the parts of a prefix. */
  #collect(node: PrefixNode): undefined {
    if (!this.#effort.spend()) return;
    if (node.line < this.#before) this.proof.add(node.line);
    else for (const half of node.halves ?? []) if (half) this.#collect(half);
  }

  /** What blocks with odd masks leave of a block: they are cut off one by one. */
  #without(block: Block, odd: Shelf["odd"], from: number): Block | undefined {
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
