import type { Block } from "./blocks.ts";
import { type Effort, GapSearch } from "./gaps.ts";
import { isHostName, type Origin } from "./patterns.ts";
import { type Cover, SOME_HOST, SOME_OWN } from "./taken.ts";
import { EACH_WAY, type Ways } from "./ways.ts";

/** Ways in and addresses that earlier lines leave to a line. */
export interface Opening {
  readonly ways: Ways;
  readonly block: Block;
}

/** Looks for what the lines before one of them leave free. */
export class Openings {
  /** Where nothing is: lines that together take all. */
  readonly proof: Set<number>;
  readonly #before: number;
  readonly #effort: Effort;
  readonly #gaps: GapSearch;

  constructor(before: number, effort: Effort) {
    this.#before = before;
    this.#effort = effort;
    this.#gaps = new GapSearch(before, effort);
    this.proof = this.#gaps.proof;
  }

  /** One for each kind of the ways; those of a search that took too much are none. */
  *find(from: Origin, ways: Ways, covers: readonly Cover[]): Generator<Opening> {
    let left = ways;
    for (const name of from.within) left &= ~this.#takenByName(name, covers, left);
    for (const block of from.blocks) yield* this.#inBlock(block, left & block.family, covers);
  }

  /** Leaves out what lines may take whose addresses the files do not tell. */
  *findSure(from: Origin, ways: Ways, covers: readonly Cover[]): Generator<Opening> {
    let left = ways;
    // A client's address has one name, so that it is not that of another line.
    if (!isHostName(from)) left &= ~this.#takenByName(SOME_HOST, covers, left);
    if (from.name !== "samenet") left &= ~this.#takenByName(SOME_OWN, covers, left);
    yield* this.find(from, left, covers);
  }

  #takenByName(name: string, covers: readonly Cover[], ways: Ways): Ways {
    let taken = 0;
    for (const cover of covers)
      for (const share of cover.named(name)) {
        if (share.line >= this.#before || (share.ways & ways & ~taken) === 0) continue;
        taken |= share.ways;
        this.proof.add(share.line);
      }
    return taken;
  }

  *#inBlock(block: Block, ways: Ways, covers: readonly Cover[]): Generator<Opening> {
    if (ways === 0) return;
    const shelves = covers.flatMap((cover) => cover.ranges(ways));
    // Mostly all lines speak of all ways in question, and one search is enough.
    const together = shelves.every((shelf) => (ways & ~shelf.ways) === 0);
    for (const each of together ? [ways] : EACH_WAY) {
      const need = each & ways;
      if (need === 0) continue;
      const gap = this.#gaps.find(
        block,
        together ? shelves : shelves.filter((shelf) => (shelf.ways & need) !== 0),
      );
      if (this.#effort.exceeded) return;
      if (gap) yield { ways: need, block: gap };
    }
  }
}
