import { roughBytes } from "../host/bytes.ts";
import { type MemoryParts, workMem } from "./budget.ts";
import { clamp, MB } from "./round.ts";
import type { Site } from "./site.ts";

/** Sessions that one CPU serves when most of them wait for their clients. */
export const SESSIONS_PER_CPU = 25;
const FEWEST = 20;
/** The reserved ones, a backup, an administrator, and a few more. */
const LEAST = 10;
/** Below the server's own default, ordinary sorts begin to go through files. */
export const WORK_MEM_TO_KEEP = 4 * MB;

export interface Count {
  readonly count: number;
  readonly arithmetic: string;
}

/** As many as the CPUs can serve, fewer where the memory has no room for them. Long queries need few sessions. */
export function connectionsFor(
  site: Site & { readonly cpus: number },
  parts: (connections: number) => Omit<MemoryParts, "workMem">,
): Count {
  const { cpus, kind } = site;
  const [perCpu, least, most] =
    kind === "dw" || kind === "desktop" ? [5, FEWEST, 100] : [SESSIONS_PER_CPU, 50, 200];
  const wanted = clamp(Math.round(perCpu * cpus), least, most);
  const words = `${perCpu} x ${cpus} CPUs, between ${least} and ${most}`;
  for (let count = wanted; count > FEWEST; count -= 10) {
    const size = workMem(site, parts(count));
    if (size && size.bytes >= WORK_MEM_TO_KEEP)
      return {
        count,
        arithmetic:
          count === wanted
            ? words
            : `${words}; ${count} are as many as leave ${roughBytes(WORK_MEM_TO_KEEP)} of work_mem each`,
      };
  }
  let count = FEWEST;
  while (count > LEAST && !workMem(site, parts(count))) count -= 5;
  return { count, arithmetic: `${words}; this little memory serves ${count}` };
}
