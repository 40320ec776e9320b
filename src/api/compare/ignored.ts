import { foldName } from "../../catalog/fold.ts";

/** Is a setting, or a file about who gets in, left out of the comparison? */
export type Ignored = (key: string) => boolean;

/** `port`, `log_*`, `pg_hba.conf`, or `[databases]` with all of its entries; in any case. */
export function ignoring(names: readonly string[]): Ignored {
  const exact = new Set(names.map(foldName));
  const starts = names.filter((name) => name.endsWith("*")).map((name) => foldName(name.slice(0, -1)));
  return (key) => {
    const words = foldName(key).split(" ");
    const wanted = [foldName(key), words[0] ?? "", ...(words[0] === "[pgbouncer]" ? words.slice(1) : [])];
    return wanted.some((word) => exact.has(word) || starts.some((start) => word.startsWith(start)));
  };
}
