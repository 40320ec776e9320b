import { type PoolerSection, poolerSetting } from "../../catalog/pgbouncer.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Pooler, PoolerTarget } from "../../cluster/pooler.ts";
import { parsePoolerValue } from "../../cluster/pooler-values.ts";
import type { SecretKind } from "../../syntax/userlist.ts";
import { lineMap } from "../../text/lines.ts";
import { cleanValue } from "../shown-value.ts";
import type { Held } from "./values-pool.ts";

type Keep = (key: string, held: Held) => void;

const KINDS: Readonly<Record<SecretKind, string>> = {
  empty: "no password",
  plain: "a password",
  md5: "an MD5 hash",
  scram: "a SCRAM verifier",
};

/** What pgbouncer.ini sets, its entries, and the names of its users. */
export function poolerValues({ poolerAccess }: Cluster, pooler: Pooler, keep: Keep): void {
  for (const [name, { value, text, entry, source }] of pooler.settings) {
    if (name === "conffile") continue;
    const same = LISTS.has(name) ? listed(text) : String(value);
    const from = { path: source.path, line: entry.line };
    keep(`[pgbouncer] ${name}`, { same, shown: cleanValue(name, text), from });
  }
  for (const section of ["databases", "users", "peers"] as const)
    for (const target of pooler[section].values()) keepTarget(pooler, section, target, keep);
  const userlist = poolerAccess?.userlist;
  if (!userlist) return;
  const { source } = userlist;
  const lines = lineMap(source);
  for (const { user, userSpan, secret, secretSpan } of userlist.entries) {
    const from = { path: source.path, line: lines.lineAt(userSpan.start) };
    // Where a name and its secret are on two lines, the next name may well be a secret.
    if (lines.lineAt(secretSpan.start) !== from.line) break;
    const same = source.text.slice(secretSpan.start, secretSpan.end);
    keep(`userlist.txt ${user}`, { same, shown: KINDS[secret], from });
  }
  for (const { map, systemUser, databaseUser, place, line } of poolerAccess?.ident?.lines ?? []) {
    const key = `auth_ident_file ${map} ${systemUser} ${databaseUser.text}`;
    keep(key, { same: "", shown: "yes", from: { path: place.source.path, line } });
  }
}

/** PgBouncer looks for a name in them, wherever it stands. */
const LISTS: ReadonlySet<string> = new Set([
  ...["admin_users", "client_tls_protocols", "ignore_startup_parameters", "listen_addr"],
  ...["server_tls_protocols", "stats_users", "track_extra_parameters"],
]);

const listed = (text: string): string =>
  JSON.stringify(
    text
      .split(",")
      .map((word) => word.trim())
      .sort(),
  );

function keepTarget(
  { version }: Pooler,
  section: Exclude<PoolerSection, "pgbouncer">,
  { name, entry, source, connect }: PoolerTarget,
  keep: Keep,
): void {
  const from = { path: source.path, line: entry.line };
  // Written or not, these are the same.
  const usual: readonly (readonly [string, string])[] =
    section === "databases"
      ? [
          ["dbname", name],
          ["port", "5432"],
        ]
      : [];
  const of = `[${section}] ${name}`;
  keep(of, { same: "", shown: "yes", from });
  for (const { key, value } of connect.pairs) {
    const setting = poolerSetting(version, section, key);
    const same = setting ? String(parsePoolerValue(setting, value)) : value;
    if (usual.some(([its, default_]) => its === key && default_ === same)) continue;
    const shown = key === "password" ? "***" : cleanValue(key, value);
    keep(`${of} ${key}`, { same, shown, from, of });
  }
}
