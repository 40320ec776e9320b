/** A ratio of two configurations over the rounds. */
export interface Ratio {
  readonly mean: number;
  /** The interval that holds the true ratio with 95% confidence. */
  readonly low: number;
  readonly high: number;
}

// Student's t at 97.5%, by degrees of freedom; a bootstrap of five rounds would give too narrow an interval.
const T = [12.71, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.16, 2.145];

/**
 * The geometric mean of the rounds' ratios and its interval. Values are paired by round, so that a slow quarter of
 * an hour of the machine, which hits every configuration, does not count as a difference.
 */
export function ratioOf(ours: readonly number[], theirs: readonly number[]): Ratio {
  const logs = ours.flatMap((value, round) => {
    const other = theirs[round];
    return other === undefined ? [] : [Math.log(value / other)];
  });
  const mean = logs.reduce((sum, value) => sum + value, 0) / logs.length;
  const variance = logs.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (logs.length - 1);
  const t = T[logs.length - 2] ?? 2.1;
  const half = logs.length < 2 ? Number.POSITIVE_INFINITY : t * Math.sqrt(variance / logs.length);
  return { mean: Math.exp(mean), low: Math.exp(mean - half), high: Math.exp(mean + half) };
}

/** What the interval says: a difference counts only where the interval leaves 1 out. */
export function verdictOf({ low, high }: Ratio): "faster" | "slower" | "same" {
  if (low > 1) return "faster";
  return high < 1 ? "slower" : "same";
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const [low = 0, high = 0] = [sorted[Math.ceil(sorted.length / 2) - 1], sorted[middle]];
  return (low + high) / 2;
}
