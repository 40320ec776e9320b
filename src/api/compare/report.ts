import type { AccessChange } from "../diff-hba.ts";
import type { PairComparison } from "./pair.ts";
import type { ServerValues } from "./server-values.ts";

/** What differs between two servers. */
export interface PairReport extends PairComparison {
  readonly servers: readonly [ServerValues, ServerValues];
  readonly access: readonly AccessComparison[];
}

/** What differs about who gets in. */
export interface AccessComparison {
  readonly file: "pg_hba.conf" | "auth_hba_file";
  readonly paths: readonly [string, string];
  readonly changes: readonly AccessChange[];
  /** Why one of the files cannot be compared: its server does not load it. */
  readonly refusal: string | null;
}
