import { poolerSetting } from "../../catalog/pgbouncer.ts";
import { settingIn } from "../../catalog/postgres.ts";
import type { Setting } from "../../catalog/setting.ts";
import { defaultIn, type ServerValues } from "./server-values.ts";
import type { Held } from "./values-pool.ts";

/** What it takes for a changed value to count; null for what is no setting. */
export type Takes = "restart" | "reload" | "session, reload" | "initdb" | null;

/** Is a setting one of PgBouncer's? Its own start with the section or the file. */
const isPoolers = (key: string) => /^(?:\[|userlist\.txt |auth_ident_file )/.test(key);

/** Has a server the program that a setting is of? */
export const hasProgram = ({ postgres, pgbouncer }: ServerValues, key: string): boolean =>
  (isPoolers(key) ? pgbouncer : postgres) !== null;

/** A value or default; undefined where the server has no such setting or entry. */
export const heldBy = (server: ServerValues, key: string): Held | undefined =>
  server.values.get(nameIn(server, key)) ?? defaultIn(server, key);

/** What the release calls it now: ssl_ecdh_curve is ssl_groups from 18 on. */
export const nameIn = ({ postgres }: ServerValues, key: string): string =>
  (postgres && settingIn(postgres, key)?.name) ?? key;

export function takesOf({ postgres, pgbouncer }: ServerValues, key: string): Takes {
  const [, name] = /^\[pgbouncer\] (.*)$/.exec(key) ?? [];
  if (name !== undefined) {
    const setting = pgbouncer && poolerSetting(pgbouncer, "pgbouncer", name);
    return setting ? (setting.reloadable ? "reload" : "restart") : null;
  }
  if (isPoolers(key) || key.startsWith("pg_ident.conf ")) return "reload";
  const setting = postgres && settingIn(postgres, key);
  return setting ? takesIn(setting.context) : null;
}

/** What a change of a setting takes, in a word or two. */
export function takesIn(context: Setting["context"]): Exclude<Takes, null> {
  if (context === "internal") return "initdb";
  if (context === "postmaster") return "restart";
  return context === "sighup" ? "reload" : "session, reload";
}
