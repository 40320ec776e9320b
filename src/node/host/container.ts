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

/** Does its group say that this process is in one? */
export const isGroupOfContainer = (machine: Machine, process: string): boolean =>
  GROUP.test(machine.readText(`${process}/cgroup`) ?? "");

function signOf(machine: Machine, process: string, mounts: readonly Mount[]): string | undefined {
  const grouped = [process, "/proc/1"].find((each) => isGroupOfContainer(machine, each));
  const marked = ["/.dockerenv", "/run/.containerenv"].find((path) => machine.readText(path) !== undefined);
  // WSL runs its distributions as systemd would a container, but they have the machine's memory and kernel.
  const named = (machine.readText("/run/systemd/container") ?? "").trim();
  const environ = /(?:^|\0)container=(?!wsl\0)[^\0]/.test(machine.readText("/proc/1/environ") ?? "");
  const secrets = "/var/run/secrets/kubernetes.io";
  const root = mountOf("/", mounts);
  return [
    marked,
    grouped && `${grouped}/cgroup`,
    named !== "" && named !== "wsl" && "/run/systemd/container",
    environ && "/proc/1/environ",
    machine.list(secrets).length > 0 && secrets,
    root?.type === "overlay" && LAYER.test(root.options.join(",")) && `${MOUNTS}: the root`,
  ].find((sign) => typeof sign === "string");
}
