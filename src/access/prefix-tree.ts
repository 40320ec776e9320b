import { type Block, bitAt, commonLength, type Words } from "./blocks.ts";

/** What no line has taken. */
const NEVER = Number.POSITIVE_INFINITY;

/** A binary tree of prefixes: which line took which first. A node without a line only holds its two halves together. */
export class PrefixNode {
  readonly words: Words;
  readonly length: number;
  /** The first line that takes all of it. */
  line: number;
  /** The line with which all of it was taken, by itself or by others together. */
  since: number;
  /** What follows on its bits with a zero, and with a one. */
  low: PrefixNode | undefined;
  high: PrefixNode | undefined;

  constructor(words: Words, length: number, line: number) {
    this.words = words;
    this.length = length;
    this.line = line;
    this.since = line;
    this.low = undefined;
    this.high = undefined;
  }

  put(node: PrefixNode): void {
    if (bitAt(node.words, this.length) === 1) this.high = node;
    else this.low = node;
    const { low, high } = this;
    const whole = low?.length === this.length + 1 && high?.length === this.length + 1;
    this.since = Math.min(this.line, whole ? Math.max(low.since, high.since) : NEVER);
  }

  halfOf(words: Words): PrefixNode | undefined {
    return bitAt(words, this.length) === 1 ? this.high : this.low;
  }
}

/** Lines come in their order, so that what a prefix has already is the first. */
export function insert(node: PrefixNode | undefined, block: Block, line: number): PrefixNode {
  const { words } = block;
  const { length } = block.mask;
  if (!node) return new PrefixNode(words, length, line);
  const same = commonLength(node.words, words, Math.min(node.length, length));
  if (same < node.length) {
    const parent = new PrefixNode(words, same, same === length ? line : NEVER);
    parent.put(node);
    if (same < length) parent.put(new PrefixNode(words, length, line));
    return parent;
  }
  if (node.line <= line) return node;
  if (node.length === length) {
    node.line = line;
    node.since = Math.min(node.since, line);
  } else node.put(insert(node.halfOf(words), block, line));
  return node;
}

/** The lines before one of them that have addresses of a block: no more than asked for. */
export function linesIn(tree: PrefixNode, block: Block, before: number, most: number): number[] {
  const lines: number[] = [];
  const nodes = [tree];
  for (let node = nodes.pop(); node && lines.length < most; node = nodes.pop()) {
    const shared = Math.min(node.length, block.mask.length);
    if (commonLength(node.words, block.words, shared) < shared) continue;
    if (node.line < before) lines.push(node.line);
    if (node.low) nodes.push(node.low);
    if (node.high) nodes.push(node.high);
  }
  return lines;
}
