export const MB = 1024 ** 2;
export const GB = 1024 ** 3;

/** Down to a size that a DBA would write: whole GB from 8GB on, below that 4, 5, 6 or 7 times a power of two. */
export function roundDown(bytes: number): number {
  if (bytes >= 8 * GB) return Math.floor(bytes / GB) * GB;
  const step = 2 ** (Math.floor(Math.log2(bytes)) - 2);
  return Math.floor(bytes / step) * step;
}

export const clamp = (value: number, low: number, high: number): number =>
  Math.min(Math.max(value, low), high);
