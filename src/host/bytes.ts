const UNITS: Readonly<Record<string, number>> = {
  b: 1,
  kb: 1024,
  mb: 1024 ** 2,
  gb: 1024 ** 3,
  tb: 1024 ** 4,
};

/** "32GB", "512MB", "1.5TB" in bytes; Kubernetes' "32Gi" and its kin as well. */
export function parseBytes(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)\s*([kmgt]?)(i?)b?$/i.exec(text.trim());
  if (!match) return undefined;
  const [, number = "", prefix = ""] = match;
  const bytes = Math.round(Number(number) * (UNITS[`${prefix.toLowerCase()}b`] ?? 1));
  return bytes > 0 ? bytes : undefined;
}

/** Bytes for people and for postgresql.conf: the largest unit that leaves a whole number. */
export function formatBytes(bytes: number): string {
  for (const unit of ["TB", "GB", "MB", "kB"]) {
    const size = UNITS[unit.toLowerCase()] ?? 1;
    if (bytes >= size && bytes % size === 0) return `${bytes / size}${unit}`;
  }
  return `${bytes}B`;
}

/** Bytes in a sentence: one decimal at most. */
export function roughBytes(bytes: number): string {
  for (const unit of ["TB", "GB", "MB", "kB"]) {
    const size = UNITS[unit.toLowerCase()] ?? 1;
    if (bytes >= size) return `${Number((bytes / size).toFixed(1))}${unit}`;
  }
  return `${bytes}B`;
}
