import type { Config } from "../../node/config.ts";
import { printable } from "../../report/printable.ts";
import { plural } from "../rewrites.ts";
import type { Seen, Today } from "./seen.ts";

export const BASELINE = "pgconflint-baseline.json";

/** What there is, before the questions about it. */
export function foundWords({ files, postgres, pgbouncer }: Seen): string {
  const [first, ...more] = files;
  if (first === undefined) return "No configuration of PostgreSQL or PgBouncer here yet";
  const others = more.length === 0 ? "" : ` and ${plural(more.length, "more file", "more files")}`;
  return [
    `Found ${printable(first)}${others}`,
    ...(postgres ? [`  PostgreSQL ${postgres.version}, ${postgres.from}`] : []),
    ...(pgbouncer ? [`  PgBouncer ${pgbouncer.version}, ${pgbouncer.from}`] : []),
  ].join("\n");
}

/** What to do now; the command to type stands alone on the last line. */
export function nextWords(
  { all, failing }: Today,
  { baseline }: Config,
  paths: readonly string[],
  strong: (text: string) => string,
): string {
  const command = (...more: string[]) => `  ${strong(["pgconflint check", ...paths, ...more].join(" "))}\n`;
  if (baseline !== undefined)
    return `Next, record ${plural(all, "finding", "findings")} as known:\n${command("--update-baseline")}`;
  if (failing === 0) return `Next:\n${command()}`;
  const fail = `${plural(failing, "finding fails", "findings fail")} a run today, of ${all}.`;
  const known = `Next, to see them; with baseline = ${BASELINE} in [check], --update-baseline records them as known:`;
  return `${fail}\n${known}\n${command()}`;
}
