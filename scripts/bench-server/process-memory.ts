import { readFileSync } from "node:fs";

/** What one process holds for itself, in bytes. */
export interface ProcessMemory {
  /** Pages that no other process has: what goes away with the process. */
  readonly private: number;
  /** Page tables: they grow with the shared memory that the process has touched. */
  readonly pageTables: number;
}

/**
 * Reads /proc/PID/smaps; null where the process has ended. Shared mappings are left out, because the kernel calls
 * a page of shared_buffers private too as long as one process alone has touched it.
 */
export function processMemory(pid: number): ProcessMemory | null {
  try {
    const maps = readFileSync(`/proc/${pid}/smaps`, "utf8");
    const status = readFileSync(`/proc/${pid}/status`, "utf8");
    return { private: privateBytes(maps), pageTables: kilobytes(status, "VmPTE") };
  } catch {
    return null;
  }
}

function privateBytes(maps: string): number {
  let shared = false;
  let total = 0;
  for (const line of maps.split("\n")) {
    const mapping = /^[0-9a-f]+-[0-9a-f]+ (\S{4})/.exec(line);
    if (mapping) shared = mapping[1]?.endsWith("s") ?? false;
    else if (!shared && line.startsWith("Private_Dirty:")) total += kilobytes(line, "Private_Dirty");
  }
  return total;
}

function kilobytes(text: string, name: string): number {
  return Number(new RegExp(`^${name}:\\s+(\\d+) kB`, "m").exec(text)?.[1] ?? 0) * 1024;
}
