import { availableParallelism, totalmem } from "node:os";
import type { HostInput } from "../host/facts.ts";

/** The machine at hand, or the container's share of it. */
export function thisHost(): HostInput {
  const limit = process.constrainedMemory();
  // Without a limit, Node reports 0 or more than there is.
  const memory = limit > 0 && limit < totalmem() ? limit : totalmem();
  return { memory, cpus: availableParallelism() };
}
