import { type Detected, known, NOTHING, unknown } from "./detected.ts";
import type { Machine } from "./machine.ts";

const RELEASE = "/proc/sys/kernel/osrelease";
const DISABLED = "/proc/sys/kernel/io_uring_disabled";

/** Whether the process with that directory in /proc may use io_uring. */
export function ioUringFacts(machine: Machine, process: string): Detected {
  const release = /^(\d+)\.(\d+)/.exec(machine.readText(RELEASE) ?? "");
  if (!release) return NOTHING;
  const kernel = Number(release[1]) * 1000 + Number(release[2]);
  if (kernel < 5001) return known("ioUring", false, `${RELEASE}, as io_uring came with 5.1`);
  const disabled = machine.readText(DISABLED)?.trim();
  // 1 leaves it to one group of users, which an administrator would have to make for it.
  if (disabled !== undefined && disabled !== "0") return known("ioUring", false, `${DISABLED}: ${disabled}`);
  if (disabled === undefined && kernel >= 6006)
    return known("ioUring", false, `no ${DISABLED}, so this kernel is built without`);
  const seccomp = /^Seccomp:\s*(\d)/m.exec(machine.readText(`${process}/status`) ?? "")?.[1];
  if (seccomp !== undefined && seccomp !== "0")
    return unknown(
      "ioUring",
      `${process}/status says that a seccomp filter is on; many a container's forbids io_uring`,
    );
  return known("ioUring", true, disabled === undefined ? RELEASE : DISABLED);
}
