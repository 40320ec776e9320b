import { type Edge, type RegexNode, WORD } from "./regex-tree.ts";

/** Is the expression found anywhere in the text? Both have one character a byte. */
export function found(tree: RegexNode, text: string): boolean {
  const walk = new Walk(text, false);
  return walk.from(tree, walk.starts()).size > 0;
}

/**
 * What the first group captures where the expression is found: null where it takes no part, and undefined where the text
 * can be read in several ways that capture different things, of which the server has its own idea.
 */
export function firstCapture(tree: RegexNode, text: string): string | null | undefined {
  if (isRepeated(tree)) return undefined;
  const walk = new Walk(text, true);
  // The match that starts first counts.
  for (const start of walk.starts()) {
    const ends = walk.from(tree, [start]);
    if (ends.size === 0) continue;
    if (!isEverGreedy(tree)) return walk.onlyCapture(ends);
    return walk.onlyCapture(walk.longest(ends));
  }
  return undefined;
}

/** Does a group stand in what may come several times? */
const isRepeated = (node: RegexNode, inside = false): boolean => {
  if (node.kind === "repeat") return isRepeated(node.item, inside || node.most > 1);
  if (node.kind === "group") return inside || isRepeated(node.item, inside);
  return "items" in node && node.items.some((item) => isRepeated(item, inside));
};

const isEverGreedy = (node: RegexNode): boolean => {
  if (node.kind === "repeat") return node.greedy && isEverGreedy(node.item);
  if (node.kind === "group") return isEverGreedy(node.item);
  return !("items" in node) || node.items.every(isEverGreedy);
};

/** Where a walk stands: an offset and, where captures count, the two ends of the first group, each plus one. */
type State = number;

/** All ways through a tree at once, so that no expression takes long: there are few states in a short text. */
class Walk {
  readonly #text: string;
  readonly #captures: boolean;
  readonly #base: number;

  constructor(text: string, captures: boolean) {
    this.#text = text;
    this.#captures = captures;
    this.#base = text.length + 2;
  }

  starts(): State[] {
    return Array.from({ length: this.#text.length + 1 }, (_, at) => at);
  }

  longest(ends: ReadonlySet<State>): State[] {
    const most = Math.max(...[...ends].map((state) => this.#offset(state)));
    return [...ends].filter((state) => this.#offset(state) === most);
  }

  onlyCapture(ends: Iterable<State>): string | null | undefined {
    const captured = new Set([...ends].map((state) => this.#captured(state)));
    const [first] = captured;
    return captured.size === 1 ? first : undefined;
  }

  from(node: RegexNode, states: Iterable<State>): Set<State> {
    switch (node.kind) {
      case "byte":
        return this.#step(node.has, states);
      case "sequence":
        return node.items.reduce((now, item) => this.from(item, now), new Set(states));
      case "choice": {
        const now = [...states];
        return new Set(node.items.flatMap((item) => [...this.from(item, now)]));
      }
      case "repeat":
        return this.#repeat(node, new Set(states));
      case "group":
        return this.#group(node, states);
      case "look":
        return this.#keep(states, (at) => this.#looks(node, at) !== node.negated);
      default:
        return this.#keep(states, (at) => this.#isEdge(node.kind, at));
    }
  }

  #step(has: ReadonlySet<number>, states: Iterable<State>): Set<State> {
    const next = new Set<State>();
    for (const state of states) {
      const at = this.#offset(state);
      if (at < this.#text.length && has.has(this.#text.charCodeAt(at))) next.add(state + 1);
    }
    return next;
  }

  #repeat({ item, least, most }: Extract<RegexNode, { kind: "repeat" }>, states: Set<State>): Set<State> {
    let now = states;
    for (let times = 0; times < least && now.size > 0; times++) {
      const next = this.from(item, now);
      if (next.size === now.size && [...next].every((state) => now.has(state))) break;
      now = next;
    }
    const all = new Set(now);
    for (let times = least; times < most && now.size > 0; times++) {
      now = new Set([...this.from(item, now)].filter((state) => !all.has(state)));
      for (const state of now) all.add(state);
    }
    return all;
  }

  #group({ item, number }: Extract<RegexNode, { kind: "group" }>, states: Iterable<State>): Set<State> {
    if (number !== 1 || !this.#captures) return this.from(item, states);
    const ends = new Set<State>();
    for (const state of states) {
      const at = this.#offset(state);
      for (const end of this.from(item, [at])) {
        const to = this.#offset(end);
        ends.add(to + this.#base * (at + 1 + this.#base * (to + 1)));
      }
    }
    return ends;
  }

  #looks({ item, ahead }: Extract<RegexNode, { kind: "look" }>, at: number): boolean {
    if (ahead) return this.from(item, [at]).size > 0;
    return [...this.from(item, this.starts().slice(0, at + 1))].some((end) => this.#offset(end) === at);
  }

  #keep(states: Iterable<State>, test: (at: number) => boolean): Set<State> {
    return new Set([...states].filter((state) => test(this.#offset(state))));
  }

  #isEdge(kind: Edge, at: number): boolean {
    if (kind === "start") return at === 0;
    if (kind === "end") return at === this.#text.length;
    const before = at > 0 && WORD.has(this.#text.charCodeAt(at - 1));
    const behind = at < this.#text.length && WORD.has(this.#text.charCodeAt(at));
    if (kind === "word-start") return !before && behind;
    if (kind === "word-end") return before && !behind;
    return (before !== behind) === (kind === "word-edge");
  }

  #offset(state: State): number {
    return state % this.#base;
  }

  #captured(state: State): string | null {
    const rest = Math.floor(state / this.#base);
    const [from, to] = [rest % this.#base, Math.floor(rest / this.#base)];
    return from === 0 ? null : this.#text.slice(from - 1, to - 1);
  }
}
