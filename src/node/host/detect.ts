import { cgroupOf } from "./cgroups.ts";
import { containerFacts, isGroupOfContainer } from "./container.ts";
import { cpuFacts } from "./cpus.ts";
import { type Detected, known, NOTHING, together, unknown } from "./detected.ts";
import { ioUringFacts } from "./io-uring.ts";
import type { Machine } from "./machine.ts";
import { memoryFacts } from "./memory.ts";
import { type Mount, mountsOf } from "./mounts.ts";
import { pageFacts } from "./pages.ts";
import { processOf } from "./server-process.ts";
import { storageFacts } from "./storage.ts";

export type { Detected } from "./detected.ts";
export { thisMachine } from "./machine.ts";

/** What sizes a server on this machine: the one of the data directory, where that is named. */
export function detectHost(machine: Machine, data?: string): Detected {
  return machine.platform === "linux" ? onLinux(machine, data) : elsewhere(machine, data);
}

function onLinux(machine: Machine, named: string | undefined): Detected {
  const data = named && behindLinks(named, machine);
  const mounts = mountsOf(machine);
  const process = processOf(machine, data);
  const cgroup = (controller: string) => cgroupOf(process, controller, machine, mounts);
  return together(
    memoryFacts(machine, cgroup("memory")),
    cpuFacts(machine, process, { cpu: cgroup("cpu"), cpuset: cgroup("cpuset") }),
    storageFacts(machine, data, mounts),
    pageFacts(machine, cgroup("hugetlb")),
    sharedMemory(machine, process, mounts),
    containerFacts(machine, process, mounts),
    ioUringFacts(machine, process),
    known("os", "linux", "/proc/sys/kernel/ostype"),
  );
}

/** The directory itself may be closed to us; then its parents' links count. */
function behindLinks(path: string, machine: Machine): string {
  const real = machine.real(path);
  const at = path.lastIndexOf("/");
  if (real !== undefined || at < 0) return real ?? path;
  const parent = at === 0 ? "" : behindLinks(path.slice(0, at), machine);
  return `${parent}${path.slice(at)}`;
}

const SHM = "/dev/shm";

function sharedMemory(machine: Machine, process: string, mounts: readonly Mount[]): Detected {
  if (isGroupOfContainer(machine, process) && !isGroupOfContainer(machine, "/proc/self"))
    return unknown("shm", "the server is in a container, which may have a /dev/shm of its own");
  const space = mounts.some(({ point }) => point === SHM) ? machine.statfs(SHM) : undefined;
  // A tmpfs without a limit has no blocks either.
  return space && space.size > 0 ? known("shm", space.size, SHM) : NOTHING;
}

const SYSTEMS: Readonly<Record<string, "macos" | "windows">> = { darwin: "macos", win32: "windows" };

/** What the system's own calls tell. */
function elsewhere(machine: Machine, data: string | undefined): Detected {
  const from = "the operating system";
  const space = data === undefined ? undefined : machine.statfs(data);
  const os = SYSTEMS[machine.platform];
  return together(
    known("memory", machine.memory, from),
    known("cpus", machine.processors, from),
    space ? known("diskFree", space.free, `free space of ${data}`) : NOTHING,
    os ? known("os", os, from) : NOTHING,
  );
}
