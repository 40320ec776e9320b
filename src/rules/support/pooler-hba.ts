import type { Pooler } from "../../cluster/pooler.ts";
import type { PoolerAccess } from "../../cluster/pooler-access.ts";
import type { PoolerHbaLine } from "../../cluster/pooler-hba.ts";
import { isOpen, listensOn } from "./pooler-settings.ts";

/** Can a client on another machine log in by this line? */
export function isRemoteLine({ type, network }: PoolerHbaLine): boolean {
  if (type === "local") return false;
  if (network === null) return true;
  const { ip } = network;
  return ip.length === 4 ? ip[0] !== 127 : !ip.every((byte, at) => byte === (at === 15 ? 1 : 0));
}

/** Does PgBouncer listen where other machines reach it? Where that is not known, it may. */
export function mayBeOpen(pooler: Pooler): boolean {
  const listens = listensOn(pooler);
  return listens === undefined || isOpen(listens);
}

/** Does auth_hba_file let other machines in with TLS alone? */
export function hbaAsksForTls(access: PoolerAccess | undefined): boolean {
  const remote = access?.hba?.lines.filter((line) => line.method !== "reject" && isRemoteLine(line)) ?? [];
  return remote.length > 0 && remote.every(({ type }) => type === "hostssl");
}
