import { buildCluster } from "../cluster/build.ts";
import { filesRead } from "../cluster/cluster.ts";
import { resolveTarget } from "../cluster/target.ts";
import { canonicalPath } from "../text/files.ts";
import { type Disk, filesOn } from "./disk.ts";

/** The server that reads a file, and how that server's files name it. */
export interface Owner<Server> {
  readonly server: Server;
  readonly name: string;
}

/** conf.d/10-memory.conf is read from the folder above; some have one more between. */
const FOLDERS_ABOVE = 2;

/** Finds the server, in a file's own folder or just above it, that includes the file. */
export function ownersOn<Server extends { readonly roots: readonly string[] }>(
  disk: Disk,
  serversIn: (directory: string) => readonly Server[],
): (path: string, folder: string) => Owner<Server> | undefined {
  const known = new Map<string, Map<string, Owner<Server>>>();
  const readFrom = (directory: string) => {
    const owners = known.get(directory) ?? ownersIn(serversIn(directory), disk);
    known.set(directory, owners);
    return owners;
  };
  return (path, folder) => {
    let directory = folder;
    for (let above = 0; above <= FOLDERS_ABOVE; above++) {
      const owner = readFrom(directory).get(disk.absolute(path));
      if (owner) return owner;
      directory = canonicalPath(`${directory}/..`);
    }
    return undefined;
  };
}

function ownersIn<Server extends { readonly roots: readonly string[] }>(
  servers: readonly Server[],
  disk: Disk,
): Map<string, Owner<Server>> {
  const owners = new Map<string, Owner<Server>>();
  for (const server of servers) {
    const cluster = buildCluster(filesOn(disk, server.roots), resolveTarget({}, {}));
    for (const { path: name } of filesRead(cluster).keys()) owners.set(disk.absolute(name), { server, name });
  }
  return owners;
}
