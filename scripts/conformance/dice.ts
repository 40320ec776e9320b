import { seeded } from "./probe.ts";

/** Choices that look random and are the same for the same seed. */
export class Dice {
  readonly #numbers: Iterator<number, never>;

  constructor(seed: number) {
    this.#numbers = seeded(seed);
  }

  /** A whole number from 0 up to, and without, the limit. */
  below(limit: number): number {
    return Math.floor(this.#numbers.next().value * limit);
  }

  chance(probability: number): boolean {
    return this.#numbers.next().value < probability;
  }

  pick<T>(from: readonly T[]): T {
    const found = from[this.below(from.length)];
    if (found === undefined) throw new Error("there is nothing to pick from");
    return found;
  }

  some<T>(from: readonly T[], count: number): T[] {
    return Array.from({ length: count }, () => this.pick(from));
  }

  times<T>(least: number, most: number, make: () => T): T[] {
    return Array.from({ length: least + this.below(most - least + 1) }, make);
  }

  /** The text in other capitals. */
  recase(text: string): string {
    return [...text].map((char) => (this.chance(0.5) ? char.toUpperCase() : char.toLowerCase())).join("");
  }

  /** The text as it is, or with one small change. */
  mangle(text: string): string {
    const at = this.below([...text].length + 1);
    const [head, tail] = [[...text].slice(0, at).join(""), [...text].slice(at).join("")];
    return this.pick([
      () => text,
      () => text,
      () => this.recase(text),
      () => head,
      () => head + [...tail].slice(1).join(""),
      () => `${head}${this.pick([..." x\t,1e.\u00e9'\""])}${tail}`,
    ])();
  }
}
