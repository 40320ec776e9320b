import { directoryOf } from "../text/files.ts";
import type { Disk } from "./disk.ts";

/** Settings of both servers that name a file which mostly lies beside the one that names it. */
const BESIDE =
  /^[ \t]*%?(?:hba_file|ident_file|include(?:_dir|_if_exists)?|auth_(?:hba_|ident_)?file)[ \t]*=?[ \t]*'?(\/[^\s'#;]+)/gim;

/**
 * Where the copy of a host's files has its root: db1/etc/postgresql/16/main/postgresql.conf, which says that its files
 * are in /etc/postgresql/16/main, is from a host whose / is db1 here. Undefined for a file that lies in its place.
 */
export function copiedRoot(main: string, disk: Pick<Disk, "read" | "absolute">): string | undefined {
  const source = disk.read(main);
  if (typeof source === "string") return undefined;
  const place = directoryOf(disk.absolute(main));
  for (const [, named = ""] of source.text.matchAll(BESIDE)) {
    const home = directoryOf(named);
    if (home === "/" || home === place || !place.endsWith(home)) continue;
    // As the user names it, where the user names that much of it.
    const written = directoryOf(main);
    const path = written.endsWith(home) ? written : place;
    return path.slice(0, -home.length) || ".";
  }
  return undefined;
}

/** Where a path of the host is in the copy. */
export const inCopy = (root: string | undefined, path: string): string =>
  root === undefined || !path.startsWith("/") || path.startsWith(`${root}/`) ? path : `${root}${path}`;
