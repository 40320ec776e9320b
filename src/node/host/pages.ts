import { type Cgroup, limitsIn, tightest, wholeNumber } from "./cgroups.ts";
import { type Detected, known, NOTHING, together } from "./detected.ts";
import type { Machine } from "./machine.ts";
import { MEMINFO, meminfo } from "./memory.ts";

const TRANSPARENT = "/sys/kernel/mm/transparent_hugepage/enabled";

export const pageFacts = (machine: Machine, hugetlb: Cgroup | undefined): Detected =>
  together(huge(machine, hugetlb), transparent(machine));

/** Those of the usual size, which are what a server takes; a container may be kept from them. */
function huge(machine: Machine, cgroup: Cgroup | undefined): Detected {
  const pages = meminfo(machine, "HugePages_Total");
  const size = meminfo(machine, "Hugepagesize");
  if (pages === undefined || size === undefined) return NOTHING;
  const name = `hugetlb.${size >= 1024 ** 3 ? `${size / 1024 ** 3}GB` : `${size / 1024 ** 2}MB`}`;
  const files = { 1: [`${name}.limit_in_bytes`], 2: [`${name}.max`] };
  const least = tightest([
    { value: pages * size, from: `${MEMINFO}: HugePages_Total` },
    ...limitsIn(cgroup, files, machine, wholeNumber),
  ]);
  return least ? known("hugePages", least.value, least.from) : NOTHING;
}

/** "always [madvise] never" */
function transparent(machine: Machine): Detected {
  const mode = /\[(always|madvise|never)\]/.exec(machine.readText(TRANSPARENT) ?? "")?.[1];
  return mode === "always" || mode === "madvise" || mode === "never"
    ? known("transparentHugePages", mode, TRANSPARENT)
    : NOTHING;
}
