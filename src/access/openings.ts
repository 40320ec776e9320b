import type { Block } from "./blocks.ts";
import { type Effort, GapSearch, type Shelf } from "./gaps.ts";
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
  /** The first that was found. */
  first: Opening | undefined;
  readonly #before: number;
  readonly #effort: Effort;
  readonly #gaps: GapSearch;

  constructor(before: number, effort: Effort) {
    this.#before = before;
    this.#effort = effort;
    this.#gaps = new GapSearch(before, effort);
  }

  /** Where nothing is open: lines that together take all. */
  get proof(): readonly number[] {
    return [...new Set(this.#gaps.proof)].sort((a, b) => a - b);
  }

  /** Those of the ways that are open; means nothing where the effort was exceeded. */
  find(from: Origin, ways: Ways, covers: readonly Cover[]): Ways {
    let left = ways;
    for (const name of from.within) left &= ~this.#takenByName(name, covers, left);
    let open = 0;
    for (const block of from.blocks) open |= this.#inBlock(block, left & block.family, covers);
    return open;
  }

  /** The same without what lines may take whose addresses the files do not tell. */
  findSure(from: Origin, ways: Ways, covers: readonly Cover[]): Ways {
    let left = ways;
    // A client's address has one name, so that it is not that of another line.
    if (!isHostName(from)) left &= ~this.#takenByName(SOME_HOST, covers, left);
    if (from.name !== "samenet") left &= ~this.#takenByName(SOME_OWN, covers, left);
    return this.find(from, left, covers);
  }

  #takenByName(name: string, covers: readonly Cover[], ways: Ways): Ways {
    let taken = 0;
    for (const cover of covers)
      for (const share of cover.named(name)) {
        if (share.line >= this.#before || (share.ways & ways & ~taken) === 0) continue;
        taken |= share.ways;
        this.#gaps.proof.push(share.line);
      }
    return taken;
  }

  #inBlock(block: Block, ways: Ways, covers: readonly Cover[]): Ways {
    if (ways === 0) return 0;
    const shelves: (Shelf & { readonly ways: Ways })[] = [];
    let together = true;
    for (const cover of covers)
      for (let ranges = cover.first; ranges; ranges = ranges.next) {
        if ((ranges.ways & ways) === 0) continue;
        shelves.push(ranges);
        together &&= (ways & ~ranges.ways) === 0;
      }
    // Mostly all lines speak of all ways in question, and one search is enough.
    if (together) return this.#gap(block, ways, shelves);
    let open = 0;
    for (const way of EACH_WAY)
      if ((way & ways) !== 0)
        open |= this.#gap(
          block,
          way,
          shelves.filter((shelf) => (shelf.ways & way) !== 0),
        );
    return open;
  }

  #gap(block: Block, ways: Ways, shelves: readonly Shelf[]): Ways {
    const gap = shelves.length === 0 ? block : this.#gaps.find(block, shelves);
    if (!gap || this.#effort.exceeded) return 0;
    this.first ??= { ways, block: gap };
    return ways;
  }
}
