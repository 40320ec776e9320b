import { type Detected, known } from "./detected.ts";
import type { Machine } from "./machine.ts";
import { MOUNTS, type Mount, mountOf } from "./mounts.ts";

/** The groups that container engines make; docker.service is the engine itself. */
const GROUP =
  /\/(?:docker|lxc|kubepods[^/]*|ecs)\/|\/lxc\.payload|(?:docker|libpod|crio|cri-containerd)-[^/]+\.scope/m;
/** Where they keep their layers. */
const LAYER = /\/(?:docker|containerd|containers|crio|lxc)\//;

/** Whether the process with that directory in /proc is in a container, and by which sign. */
export function containerFacts(machine: Machine, process: string, mounts: readonly Mount[]): Detected {
  const sign = signOf(machine, process, mounts);
  return sign === undefined ? known("container", false, "no sign of one") : known("container", true, sign);
}

function signOf(machine: Machine, process: string, mounts: readonly Mount[]): string | undefined {
  const groups = [`${process}/cgroup`, "/proc/1/cgroup"];
  const grouped = groups.find((path) => GROUP.test(machine.readText(path) ?? ""));
  const marked = ["/.dockerenv", "/run/.containerenv"].find((path) => machine.readText(path) !== undefined);
  // WSL runs its distributions as systemd would a container, but they have the machine's memory and kernel.
  const named = (machine.readText("/run/systemd/container") ?? "").trim();
  const environ = /(?:^|\0)container=[^\0]/.test(machine.readText("/proc/1/environ") ?? "");
  const secrets = "/var/run/secrets/kubernetes.io";
  const root = mountOf("/", mounts);
  return [
    marked,
    grouped,
    named !== "" && named !== "wsl" && "/run/systemd/container",
    environ && "/proc/1/environ",
    machine.list(secrets).length > 0 && secrets,
    root?.type === "overlay" && LAYER.test(root.options.join(",")) && `${MOUNTS} (the root)`,
  ].find((sign) => typeof sign === "string");
}
