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
  halves: [PrefixNode | undefined, PrefixNode | undefined] | undefined;

  constructor(words: Words, length: number, line: number) {
    this.words = words;
    this.length = length;
    this.line = line;
    this.since = line;
  }

  put(node: PrefixNode): void {
    this.halves ??= [undefined, undefined];
    this.halves[bitAt(node.words, this.length) === 1 ? 1 : 0] = node;
    const [low, high] = this.halves;
    const whole = low?.length === this.length + 1 && high?.length === this.length + 1;
    this.since = Math.min(this.line, whole ? Math.max(low.since, high.since) : NEVER);
  }

  halfOf(words: Words): PrefixNode | undefined {
    return this.halves?.[bitAt(words, this.length) === 1 ? 1 : 0];
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
