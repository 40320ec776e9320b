import type { PoolerVersion } from "../catalog/pooler-version.ts";
import type { Version } from "../catalog/version.ts";
import type { Rule } from "./rule.ts";

/** Is the target one that the rule is about? */
export function appliesTo(
  { versions }: Rule,
  target: { readonly postgres: Version; readonly pgbouncer: PoolerVersion },
): boolean {
  if (!versions) return true;
  const { postgres, pgbouncer } = versions;
  return (
    (postgres === undefined || inRange(postgres, target.postgres.major)) &&
    (pgbouncer === undefined || inRange(pgbouncer, target.pgbouncer.minor))
  );
}

/** ">=12 <17" of a major release of PostgreSQL, ">=1.21" of a minor one of PgBouncer. */
export function inRange(range: string, version: number): boolean {
  return range.split(" ").every((part) => {
    const [, sign, text] = /^(>=|<=|<|>)(?:1\.)?(\d+)$/.exec(part) ?? [];
    const bound = Number(text);
    if (sign === ">=") return version >= bound;
    if (sign === "<=") return version <= bound;
    if (sign === "<") return version < bound;
    if (sign === ">") return version > bound;
    throw new RangeError(`"${range}" is no range of versions`);
  });
}
