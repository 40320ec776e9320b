import { type Detected, known, NOTHING, together, unknown } from "./detected.ts";
import { diskOf } from "./disk.ts";
import type { Machine } from "./machine.ts";
import { MOUNTS, type Mount, mountOf } from "./mounts.ts";

const OVER_NETWORK =
  /^(?:nfs|nfs4|cifs|smb3|smbfs|ceph|afs|lustre|beegfs|gpfs|glusterfs|fuse\.(?:ceph|glusterfs|sshfs|s3fs|juicefs|cephfs|gcsfuse|moosefs|mfs))$/;

/** The file system of the data directory and what is below it, and whether the log has one of its own. */
export function storageFacts(machine: Machine, data: string | undefined, mounts: readonly Mount[]): Detected {
  if (data === undefined) return unknown("disk", "the data directory is not known; name it with --data");
  const space = machine.statfs(data);
  const free = space ? known("diskFree", space.free, `free space of ${data}`) : NOTHING;
  const mount = mountOf(data, mounts);
  if (!mount) return free;
  return together(
    known("filesystem", mount.type, `${MOUNTS}: ${mount.point}`),
    free,
    disk(machine, mount),
    wal(machine, data, mount, mounts),
  );
}

function disk(machine: Machine, mount: Mount): Detected {
  if (OVER_NETWORK.test(mount.type)) return known("disk", "network", `${MOUNTS}: ${mount.point}`);
  const told = diskOf(mount, machine);
  return "disk" in told ? known("disk", told.disk, told.from) : unknown("disk", told.why);
}

/** A mount of its own, or a link that leads to another file system. */
function wal(machine: Machine, data: string, mount: Mount, mounts: readonly Mount[]): Detected {
  const path = machine.real(`${data}/pg_wal`);
  const other = path === undefined ? undefined : mountOf(path, mounts);
  const space = path === undefined ? undefined : machine.statfs(path);
  return space && other && !isSame(other, mount)
    ? known("walDisk", space.size, `the file system of ${path}`)
    : NOTHING;
}

/** Btrfs and network file systems give each mount a device of its own; their source, unlike "tmpfs", tells. */
const isSame = (one: Mount, other: Mount) =>
  one.device === other.device || (one.source === other.source && /[/:]/.test(one.source));
