/** The top level of Linux's file system hierarchy, and of macOS. */
export const USUAL_ROOTS: readonly string[] =
  "bin boot dev etc home lib lib64 media mnt opt private proc root run sbin srv sys tmp usr var Users Volumes System Library".split(
    " ",
  );

/** What administrators and images put beside it. */
const CUSTOM =
  /pg|post|psql|sql|db|data|disk|vol|ssd|nvme|raid|stor|back|wal|xlog|log|app|work|conf|cert|tls|ssl|secret|key|bitnami|export|local|net|nfs|zfs|tank|pool|nix|snap|cluster|server|persist|^[a-z]{0,2}\d+$/i;

/** Does an absolute path start in a directory that hardly any system has, so that it is probably misspelt? */
export function unusualRoot(path: string): boolean {
  const top = /^\/+([^/]+)/.exec(path)?.[1];
  return top !== undefined && !USUAL_ROOTS.includes(top) && !CUSTOM.test(top);
}
