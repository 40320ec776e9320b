import type { Machine } from "./machine.ts";
import { isBelow, type Mount } from "./mounts.ts";

/** The control group of a process, as far as one controller is concerned. */
export interface Cgroup {
  readonly version: 1 | 2;
  /** The group's own directory, its parent's, and so on: a limit of any of them holds. */
  readonly directories: readonly string[];
}

export interface Limit {
  readonly value: number;
  readonly from: string;
}

/** The group of the process with that directory in /proc. */
export function cgroupOf(
  process: string,
  controller: string,
  machine: Machine,
  mounts: readonly Mount[],
): Cgroup | undefined {
  const lines = (machine.readText(`${process}/cgroup`) ?? "").split("\n").flatMap((line) => {
    const [, names = "", path] = /^\d+:([^:]*):(\/.*)$/.exec(line) ?? [];
    return path === undefined ? [] : [{ names: names.split(","), path }];
  });
  const first = lines.find(({ names }) => names.includes(controller));
  const second = lines.find(({ names }) => names[0] === "");
  const hierarchies = [
    { version: 1, path: first?.path, mount: mounts.find((mount) => isOfVersion1(mount, controller)) },
    { version: 2, path: second?.path, mount: mounts.find(({ type }) => type === "cgroup2") },
  ] as const;
  for (const { version, path, mount } of hierarchies)
    if (path !== undefined && mount) return { version, directories: upwards(path, mount) };
  return undefined;
}

const isOfVersion1 = ({ type, options }: Mount, controller: string) =>
  type === "cgroup" && options.includes(controller);

/**
 * In a container only its own part of the tree is mounted, while the path may count from the host's root. A path with
 * ".." leads out of what can be seen.
 */
function upwards(path: string, { root, point }: Mount): string[] {
  if (/(?:^|\/)\.\.(?:\/|$)/.test(path)) return [];
  const below = root === "/" ? path : isBelow(path, root) ? path.slice(root.length) : "";
  const names = below.split("/").filter(Boolean);
  return names.map((_, at) => [point, ...names.slice(0, names.length - at)].join("/")).concat(point);
}

/** What a file of limits says in each directory of a group. "max", -1 and files that are not there are no limit. */
export function limitsIn(
  cgroup: Cgroup | undefined,
  files: { readonly 1: readonly string[]; readonly 2: readonly string[] },
  machine: Machine,
  read: (text: string, path: string) => number | undefined = wholeNumber,
): Limit[] {
  if (!cgroup) return [];
  return cgroup.directories
    .flatMap((directory) => files[cgroup.version].map((file) => `${directory}/${file}`))
    .flatMap((from) => {
      const value = read(machine.readText(from) ?? "", from);
      return value === undefined ? [] : [{ value, from }];
    });
}

export const wholeNumber = (text: string): number | undefined =>
  /^\d+$/.test(text.trim()) ? Number(text) : undefined;

/** The least of them; of equal ones the first. */
export const tightest = (limits: readonly Limit[]): Limit | undefined =>
  limits.reduce<Limit | undefined>(
    (least, limit) => (least === undefined || limit.value < least.value ? limit : least),
    undefined,
  );
