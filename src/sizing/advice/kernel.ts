import { pgDocs } from "../../catalog/manual.ts";
import { formatBytes, roughBytes } from "../../host/bytes.ts";
import { type Advice, ourReasons } from "../advice.ts";
import { MB, roundDown } from "../round.ts";
import { HUGE_PAGES_PAY, hugePagesFor, pageTable } from "../shared-memory.ts";
import type { Sized } from "../sized.ts";

/** What is to be set outside of PostgreSQL for the values to work as they should. */
export function kernelAdvice(sized: Sized): Advice[] {
  return [...hugePages(sized), ...shm(sized), ...files(sized)];
}

function hugePages({ parts, request: { site } }: Sized): Advice[] {
  const { os = "linux", container = false, hugePages: there = 0 } = site;
  if (os !== "linux" || container || parts.sharedBuffers < HUGE_PAGES_PAY || there >= parts.sharedMemory)
    return [];
  const pages = hugePagesFor(parts.sharedMemory);
  const exact =
    site.version.major >= 15
      ? "; `postgres -C shared_memory_size_in_huge_pages` prints the exact number"
      : "";
  return [
    {
      name: "vm.nr_hugepages",
      value: String(pages),
      reason: `Without huge pages every session needs up to ${roughBytes(pageTable(parts.sharedBuffers))} for a page table of shared_buffers; huge_pages = try takes them where they are`,
      arithmetic: `${roughBytes(parts.sharedMemory)} of shared memory / 2MB + 1 %${exact}`,
      source: pgDocs("kernel-resources", "LINUX-HUGE-PAGES"),
    },
  ];
}

/** Docker gives 64MB, which parallel queries and vacuums of indexes fill. */
function shm({ parts, request: { site } }: Sized): Advice[] {
  const wanted = parts.parallelWorkers * parts.workMem * parts.hashMemMultiplier + parts.maintenanceWorkMem;
  if (!site.container || (site.shm ?? 64 * MB) >= wanted) return [];
  const size = formatBytes(roundDown(wanted));
  return [
    {
      name: "/dev/shm",
      value: size,
      reason:
        'Parallel queries and index builds share their memory there; too small, they fail with "could not resize shared memory segment"',
      arithmetic: `${parts.parallelWorkers} parallel workers x ${roughBytes(parts.workMem)} x ${parts.hashMemMultiplier} + ${roughBytes(parts.maintenanceWorkMem)} of maintenance_work_mem`,
      source: ourReasons("devshm"),
    },
  ];
}

function files({ pools }: Sized): Advice[] {
  if (!pools) return [];
  return [
    {
      name: "LimitNOFILE",
      value: String(pools.files),
      reason: "The service of PgBouncer needs an open file for each of its connections",
      arithmetic: `${pools.clients} clients + ${pools.servers} to the server + 50`,
      source: "https://www.pgbouncer.org/config.html#max_client_conn",
    },
  ];
}
