import type { ServerValues } from "../../api/compare/server-values.ts";
import type { Held } from "../../api/compare/values-pool.ts";
import { poolerVersionText } from "../../catalog/pooler-version.ts";
import { versionText } from "../../catalog/version.ts";

export const serverOf = ({ path, standby, postgres, pgbouncer }: ServerValues) => ({
  path,
  ...(postgres && { postgres: versionText(postgres), standby }),
  ...(pgbouncer && { pgbouncer: poolerVersionText(pgbouncer) }),
});

/** A value with where it stands; null for what is not there. */
export const heldAsJson = (held: Held | undefined) =>
  held ? { value: held.shown, path: held.from?.path ?? null, line: held.from?.line ?? null } : null;
