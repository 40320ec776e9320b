import type { Machine } from "./machine.ts";

export const MOUNTS = "/proc/self/mountinfo";

/** A line of /proc/self/mountinfo, see proc_pid_mountinfo(5). */
export interface Mount {
  /** "259:2"; the first number is 0 where there is no block device. */
  readonly device: string;
  /** Which directory of the file system is mounted. */
  readonly root: string;
  readonly point: string;
  readonly type: string;
  readonly source: string;
  readonly options: readonly string[];
}

export function mountsOf(machine: Machine): readonly Mount[] {
  return (machine.readText(MOUNTS) ?? "").split("\n").flatMap((line) => {
    const [before = "", after] = line.split(" - ");
    const [, , device = "", root = "", point = ""] = before.split(" ");
    const [type = "", source = "", options = ""] = (after ?? "").split(" ");
    return type === "" || point === ""
      ? []
      : [{ device, type, options: options.split(","), ...mapped({ root, point, source }) }];
  });
}

/** Blanks in a path are written as \040. */
const mapped = ({ root, point, source }: Pick<Mount, "root" | "point" | "source">) => ({
  root: plain(root),
  point: plain(point),
  source: plain(source),
});
const plain = (word: string) =>
  word.replace(/\\([0-7]{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8)));

/** The mount that a path without links is on; of two at one place the later hides the other. */
export function mountOf(path: string, mounts: readonly Mount[]): Mount | undefined {
  let best: Mount | undefined;
  for (const mount of mounts)
    if (isBelow(path, mount.point) && mount.point.length >= (best?.point.length ?? 0)) best = mount;
  return best;
}

export const isBelow = (path: string, directory: string): boolean =>
  directory === "/" || path === directory || path.startsWith(`${directory}/`);
