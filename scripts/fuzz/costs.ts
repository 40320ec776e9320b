/** What is small costs its start, and says nothing of how the cost grows. */
const LEAST_BYTES = 2000;
const LEAST_MS = 250;
const TOO_MUCH = 20;

/** How long the inputs of a target took, and those that took too long for their size. */
export class Costs {
  count = 0;
  #ms = 0;
  #slowest = { ms: 0, bytes: 0, index: 0 };
  readonly #perByte: number[] = [];
  readonly #slow: { perByte: number; text: string }[] = [];

  add(ms: number, bytes: number, index: number): void {
    this.count++;
    this.#ms += ms;
    if (ms > this.#slowest.ms) this.#slowest = { ms, bytes, index };
    const perByte = ms / Math.max(bytes, LEAST_BYTES);
    if (this.#perByte.length < 100_000) this.#perByte.push(perByte);
    if (ms > LEAST_MS)
      this.#slow.push({ perByte, text: `#${index}: ${ms.toFixed(0)} ms for ${bytes} bytes` });
  }

  line(name: string): string {
    const { ms, bytes, index } = this.#slowest;
    const perSecond = this.#ms > 0 ? Math.round((this.count / this.#ms) * 1000) : 0;
    const sorted = this.#perByte.toSorted((a, b) => a - b);
    const median = sorted[Math.floor(sorted.length / 2)] ?? 0;
    const slow = this.#slow.filter(({ perByte }) => perByte > TOO_MUCH * median).slice(0, 5);
    return [
      `${name.padEnd(20)} ${String(this.count).padStart(9)} inputs ${String(perSecond).padStart(7)}/s  slowest #${index}: ${ms.toFixed(0)} ms for ${bytes} bytes`,
      ...slow.map(({ text }) => `  warning: over ${TOO_MUCH} times the median's time per byte: ${text}`),
    ].join("\n");
  }
}
