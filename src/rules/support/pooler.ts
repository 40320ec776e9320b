import { type PoolerVersion, poolerVersionText } from "../../catalog/pooler-version.ts";
import type { Draft } from "../../engine/rule.ts";
import type { IniEntry } from "../../syntax/pgbouncer-ini.ts";
import type { Source } from "../../text/source.ts";

export const poolerName = (version: PoolerVersion): string => `PgBouncer ${poolerVersionText(version)}`;

/** A fix that writes another value. */
export const rewriteEntry = (
  source: Source,
  { key, valueSpan }: IniEntry,
  text: string,
): NonNullable<Draft["fix"]> => ({
  title: `Write ${key} = ${text}`,
  safe: true,
  edits: [{ place: { source, span: valueSpan }, text }],
});

/** The value without a comment that somebody put behind it; undefined where there is none. */
export function withoutComment(value: string): string | undefined {
  const at = value.search(/\s*(?:#|;|\/\/|--\s)/);
  return at > 0 ? value.slice(0, at).trimEnd() : undefined;
}
