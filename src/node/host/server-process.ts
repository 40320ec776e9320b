import type { Machine } from "./machine.ts";

/** As kernels name the process: also EDB's, and servers started by their old name. */
const POSTGRES = /^(?:edb-)?post(?:gres|master)$/;

/**
 * The directory in /proc of the server of a data directory while it runs, as its service has limits that no other
 * process has; else of this process.
 */
export function processOf(machine: Machine, data: string | undefined): string {
  const pid = /^(\d{1,9})\r?\n/.exec((data && machine.readText(`${data}/postmaster.pid`)) || "")?.[1];
  const process = `/proc/${pid}`;
  const name = machine.readText(`${process}/comm`)?.trim() ?? "";
  // The number may be one of another container's, or of another process by now.
  const home = machine.real(`${process}/cwd`);
  return pid !== undefined && POSTGRES.test(name) && (home === undefined || home === data)
    ? process
    : "/proc/self";
}
