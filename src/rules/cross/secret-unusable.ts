import { defineRule } from "../../engine/rule.ts";
import { type ServerLogin, type StoredSecret, secretOf, serverLoginsHere } from "../support/cross-logins.ts";
import { firstLine } from "../support/hba.ts";
import { some } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

/** PgBouncer sends what is stored, so that only the password itself will do. */
const IN_CLEAR = ["password", "ldap", "pam", "radius", "bsd"];
/** What PgBouncer has no answer to. */
const UNKNOWN = ["gss", "sspi", "oauth"];

export default defineRule({
  id: "cross/secret-unusable",
  title: "PgBouncer cannot log in by the method that pg_hba.conf asks for",
  severity: "warning",
  controls: ["U14", "T10"],
  docs: () => ({
    why: "PgBouncer logs in to the server with what its userlist has. From an MD5 hash it can answer md5 and nothing else; for password, ldap, pam and radius it needs the password itself; gss, sspi and oauth it does not speak. Clients pass PgBouncer's own check, and are then told `server login failed`.",
    fix: "For a role that pg_hba.conf asks for SCRAM: put its secret from pg_authid, or its password, into the userlist. Or let PgBouncer in by certificate, or by another record.",
    traps:
      "It breaks on the day that pg_hba.conf goes from md5 to scram-sha-256, not before. A method md5 asks for SCRAM as well where the role has a SCRAM secret.",
    leave: "Where the role never comes by way of the pooler.",
    see: [
      poolerDocs("authentication-file-format"),
      "https://github.com/pgbouncer/pgbouncer/blob/master/src/proto.c",
    ],
  }),
  *check(cluster) {
    const told = new Map<string, Stuck[]>();
    for (const login of serverLoginsHere(cluster)) {
      if (typeof login.landing === "string") continue;
      const secret = secretOf(cluster, login);
      const { method } = login.landing;
      if (!secret || !isUseless(secret.kind, method)) continue;
      const key = `${login.landing.record.line} ${secret.kind}`;
      const same = told.get(key) ?? [];
      told.set(key, same);
      if (!same.some(({ login: { user } }) => user === login.user)) same.push({ login, secret });
    }
    for (const stuck of told.values()) {
      const [first] = stuck;
      if (!first || typeof first.login.landing === "string") continue;
      const { method, record } = first.login.landing;
      const users = some(stuck.map(({ login }) => login.user));
      yield {
        place: first.secret.place,
        ...(cluster.conf === undefined && { confidence: "medium" }),
        message: `pg_hba.conf asks PgBouncer for ${method} when it logs in to ${first.login.backend.name} as ${users}, ${reason(first.secret.kind, method)}.`,
        related: [{ place: firstLine(record.place), message: `this record asks for ${method}` }],
      };
    }
  },
});

interface Stuck {
  readonly login: ServerLogin;
  readonly secret: StoredSecret;
}

function isUseless(kind: StoredSecret["kind"], method: string): boolean {
  if (UNKNOWN.includes(method)) return true;
  const isHash = kind === "md5" || kind === "scram";
  return (method === "scram-sha-256" && kind === "md5") || (IN_CLEAR.includes(method) && isHash);
}

function reason(kind: StoredSecret["kind"], method: string): string {
  if (UNKNOWN.includes(method)) return "which it does not speak";
  const has = kind === "md5" ? "an MD5 hash" : "a SCRAM secret";
  return `and has ${has}, which cannot answer that`;
}
