import { knownReleases, resolveTarget, TargetError, type TargetInput } from "../cluster/target.ts";
import type { HostInput } from "../host/facts.ts";
import { ANY_WORKLOAD, type Workload, type WorkloadKind } from "../host/workload.ts";
import { fileSet } from "../text/files.ts";
import type { FileInput } from "../text/source.ts";
import { checkedHost, checkedWorkload } from "./host-input.ts";
import { declaredIn } from "./lint-files.ts";
import { type Tuning, tuneFiles } from "./tune-files.ts";

export interface TuneInput {
  /** The server's machine, sizes in bytes. */
  readonly host: HostInput & { readonly memory: number; readonly cpus: number };
  readonly workload?: WorkloadKind | Partial<Workload>;
  readonly target?: TargetInput;
  /** As many as somebody wants; of PgBouncer's clients with `pooler`. */
  readonly connections?: number;
  /** A PgBouncer in front, whose pools are to be sized as well. */
  readonly pooler?: boolean;
  /** An existing configuration, which is changed only where it matters. */
  readonly files?: readonly FileInput[];
  /** The files of the server that this one is a standby of. */
  readonly primary?: readonly FileInput[];
}

/** A whole configuration for a host, each value with its reason, its arithmetic and where to read on. */
export function tune({
  host,
  workload = {},
  target,
  connections,
  files,
  primary,
  ...more
}: TuneInput): Tuning {
  const set = fileSet(files ?? []);
  const work = typeof workload === "string" ? { kind: workload } : workload;
  if (host.memory === undefined || host.cpus === undefined)
    throw new TargetError("host.memory and host.cpus are needed to size a server");
  if (connections !== undefined && !(Number.isSafeInteger(connections) && connections > 0))
    throw new TargetError(`connections ${connections}: not a number of connections`);
  return tuneFiles(set, {
    host: checkedHost(host),
    workload: { ...ANY_WORKLOAD, ...checkedWorkload(work) },
    target: resolveTarget(target ?? {}, knownReleases(declaredIn(set).target)),
    connections,
    primary: primary && fileSet(primary),
    ...more,
  }).tuning;
}
