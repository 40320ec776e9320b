import { settingDocs } from "../../catalog/manual.ts";
import { roughBytes } from "../../host/bytes.ts";
import { type Advice, ourReasons, sizeValue } from "../advice.ts";
import type { Size } from "../memory.ts";
import type { Sized } from "../sized.ts";

export function memoryAdvice(sized: Sized): Advice[] {
  const { buffers, cache, work, maintenance, vacuum, parts, budget } = sized;
  const { version } = sized.request.site;
  const advice: Advice[] = [
    {
      name: "shared_buffers",
      value: sizeValue(buffers.bytes),
      reason: `${capital(buffers.words)}: the server's own cache, beside which the kernel caches files as well`,
      arithmetic: sum(buffers),
      source: settingDocs("resource", "shared_buffers"),
    },
    {
      name: "effective_cache_size",
      value: sizeValue(cache.bytes),
      reason: `${capital(cache.words)}: what the planner may expect to find in shared_buffers and the kernel's cache; it takes no memory`,
      arithmetic: sum(cache),
      source: settingDocs("query", "effective_cache_size"),
    },
    {
      name: "work_mem",
      value: sizeValue(work.bytes),
      reason: budget.worst.fits
        ? "What every sort may take even if all connections work at once; give more to the roles and queries that need it"
        : `Too little for ${parts.connections} connections, and still more than the host has if all of them work at once; put a pooler in front`,
      arithmetic: sum(work),
      source: settingDocs("resource", "work_mem"),
    },
    {
      name: "maintenance_work_mem",
      value: sizeValue(maintenance.bytes),
      reason: "For index builds and manual vacuums, of which few run at once",
      arithmetic: sum(maintenance),
      source: settingDocs("resource", "maintenance_work_mem"),
    },
    {
      name: "autovacuum_work_mem",
      value: sizeValue(vacuum.bytes),
      reason: "Otherwise every autovacuum worker may take maintenance_work_mem",
      arithmetic: sum(vacuum),
      source: settingDocs("resource", "autovacuum_work_mem"),
    },
  ];
  if (version.major === 13 || version.major === 14)
    advice.push({
      name: "hash_mem_multiplier",
      value: String(parts.hashMemMultiplier),
      reason:
        "The default of 15 and later: a hash that does not fit is slower by far than a sort that does not",
      arithmetic: `a hash may take ${parts.hashMemMultiplier} x ${roughBytes(parts.workMem)}, which work_mem allows for`,
      source: settingDocs("resource", "hash_mem_multiplier"),
    });
  return [...advice, ...hugePages(sized)];
}

/** Where huge pages have a limit of their own, which nobody sets, `try` can end in a bus error at the first touch. */
function hugePages({ request: { site } }: Sized): Advice[] {
  if (!site.container || site.hugePages !== 0) return [];
  return [
    {
      name: "huge_pages",
      value: "off",
      reason: "The container has no huge pages; where the node has some, `try` can end in a bus error",
      arithmetic: "no huge pages are set aside",
      source: ourReasons("huge_pages"),
    },
  ];
}

/** "23.5GB / 4, rounded down = 5GB" */
const sum = ({ arithmetic, bytes, rounded }: Size): string =>
  `${arithmetic}${rounded ? ", rounded down" : ""} = ${sizeValue(bytes)}`;

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
