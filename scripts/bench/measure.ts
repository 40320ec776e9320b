export const median = (numbers: readonly number[]) =>
  [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)] ?? 0;

export const line = (what: string, result: string) => console.log(`${what.padEnd(58)} ${result}`);

/** The mean and not the best, in which a short run never has to wait for the collector and a long one always does. */
export function time(work: () => void): number {
  const started = performance.now();
  let runs = 0;
  do {
    work();
    runs++;
  } while (runs < 5 || performance.now() - started < 3000);
  return (performance.now() - started) / runs;
}
