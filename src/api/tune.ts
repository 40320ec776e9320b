import { resolveTarget, TargetError, type TargetInput } from "../cluster/target.ts";
import type { HostInput } from "../host/facts.ts";
import { WORKLOADS, type Workload, type WorkloadKind } from "../host/workload.ts";
import { fileSet } from "../text/files.ts";
import type { FileInput } from "../text/source.ts";
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
  const work = typeof workload === "string" ? { kind: workload } : workload;
  positive("host.memory", host.memory, "bytes of memory");
  positive("host.cpus", host.cpus, "a number of processors");
  if (connections !== undefined) positive("connections", connections, "a number of connections");
  if (work.kind !== undefined && !WORKLOADS.includes(work.kind))
    throw new TargetError(`workload "${work.kind}" is not known; say ${WORKLOADS.join(", ")}`);
  return tuneFiles(fileSet(files ?? []), {
    host,
    workload: { superusers: ["postgres"], ...work },
    target: resolveTarget(target ?? {}, {}),
    connections,
    primary: primary && fileSet(primary),
    ...more,
  });
}

function positive(name: string, value: number, wanted: string): void {
  if (!(Number.isFinite(value) && value > 0)) throw new TargetError(`${name} ${value}: not ${wanted}`);
}
