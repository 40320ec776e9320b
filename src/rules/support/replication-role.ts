import type { Cluster } from "../../cluster/cluster.ts";
import { baseName } from "../../text/files.ts";

/** What a server is, as far as its files tell: without standby.signal a primary_conninfo may wait for a switchover. */
export type Role = "primary" | "standby" | "either";

export function roleOf({ kinds, primary, conf }: Cluster): Role {
  if (primary) return "standby";
  for (const [{ path }, kind] of kinds)
    if (kind === "recovery.conf" || (kind === "signal" && baseName(path) === "standby.signal"))
      return "standby";
  return conf?.known("primary_conninfo")?.base ? "either" : "primary";
}
