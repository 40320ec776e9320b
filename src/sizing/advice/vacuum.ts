import { settingDocs } from "../../catalog/manual.ts";
import { roughBytes } from "../../host/bytes.ts";
import { type Advice, ourReasons, sizeValue } from "../advice.ts";
import type { Sized } from "../sized.ts";
import { bufferUsageLimit, costLimit, vacuumPace } from "../vacuum.ts";

const WORKERS = 3;
const FAST_DELAY_SINCE = 12;

export function vacuumAdvice({ parts, buffers, request: { site } }: Sized): Advice[] {
  const advice: Advice[] = [];
  if (parts.autovacuumWorkers > WORKERS)
    advice.push({
      name: "autovacuum_max_workers",
      value: String(parts.autovacuumWorkers),
      reason: "More large tables at once; the workers share one budget of I/O",
      arithmetic: `3, 4 from 16 CPUs on, 6 from 32 on; ${site.cpus} CPUs here`,
      source: settingDocs("autovacuum", "autovacuum_max_workers"),
    });
  const limit = site.disk && costLimit(site.disk);
  if (limit !== undefined)
    advice.push({
      name: "autovacuum_vacuum_cost_limit",
      value: String(limit),
      reason: `What this disk can take; the default of 200 holds all workers together to ${roughBytes(vacuumPace(200))} a second`,
      arithmetic: `${limit} / 20 for a page made dirty x 8kB x 500 rounds of 2ms = ${roughBytes(vacuumPace(limit))} a second`,
      source: settingDocs("autovacuum", "autovacuum_vacuum_cost_limit"),
    });
  if (site.version.major < FAST_DELAY_SINCE)
    advice.push({
      name: "autovacuum_vacuum_cost_delay",
      value: "2ms",
      reason: "The default of 12 and later; 20ms hold all workers together to a few MB a second",
      arithmetic: `${roughBytes(vacuumPace(limit ?? 200, 20))} a second with 20ms, ${roughBytes(vacuumPace(limit ?? 200))} with 2ms`,
      source: settingDocs("autovacuum", "autovacuum_vacuum_cost_delay"),
    });
  const ring = bufferUsageLimit(site, buffers.bytes);
  if (ring !== undefined)
    advice.push({
      name: "vacuum_buffer_usage_limit",
      value: sizeValue(ring),
      reason: "A vacuum that has to write out its own few buffers all the time waits for the log",
      arithmetic: site.version.major === 16 ? "2MB, the default of 17" : "16MB of a cache of 8GB and more",
      source:
        site.version.major === 16
          ? settingDocs("resource", "vacuum_buffer_usage_limit")
          : ourReasons("vacuum_buffer_usage_limit"),
    });
  return advice;
}
