import type { Version } from "../catalog/version.ts";
import type { HostInput } from "../host/facts.ts";
import type { Workload, WorkloadKind } from "../host/workload.ts";
import { clamp, GB, MB } from "./round.ts";

/** What a server is sized for: the host as far as it is known, the work, the release. Sizes in bytes. */
export interface Site extends HostInput, Pick<Workload, "databaseSize" | "walRate"> {
  readonly memory: number;
  readonly kind: WorkloadKind;
  readonly version: Version;
}

/** What PostgreSQL may have of the memory. A desktop is there for other things in the first place. */
export const ownMemory = ({ memory, commitLimit = memory, kind, share }: Site): number =>
  Math.min(memory, commitLimit) * (share ?? (kind === "desktop" ? 0.5 : 1));

/** What the kernel and the daemons of every host take; in a container, or beside others, most of that is elsewhere. */
function reserve(site: Site): number {
  const own = ownMemory(site);
  return site.container || own < site.memory ? own / 10 : clamp(own / 10, 96 * MB, 4 * GB);
}

export const usableMemory = (site: Site): number => Math.floor(ownMemory(site) - reserve(site));
