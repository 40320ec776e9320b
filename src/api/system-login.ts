import type { Answer } from "../access/answer.ts";
import type { Roles } from "../access/membership.ts";
import type { Version } from "../catalog/version.ts";
import type { HbaLine } from "../cluster/hba.ts";
import type { IdentFile } from "../cluster/ident.ts";
import { mapUser, usersOf } from "../cluster/ident-map.ts";
import type { PoolerHbaLine } from "../cluster/pooler-hba.ts";
import type { PoolerIdent } from "../cluster/pooler-ident.ts";
import { poolerMapping } from "../cluster/pooler-map.ts";

/** Who stands behind a connection, as the operating system, a certificate or Kerberos has it. */
export interface SystemUser {
  readonly systemUser: string;
  /** The database user that it asks to be. */
  readonly user: string;
  readonly roles: Roles | undefined;
}

/** May the system user be that database user? */
export interface SystemLogin {
  readonly answer: Answer;
  /** Where a map has a line that lets it. */
  readonly path: string | null;
  readonly line: number | null;
  /** Where it may not be: the server's words. */
  readonly words: string | null;
  /** Whom it may be by the map: names, `all`, `+role` or expressions. */
  readonly becomes: readonly string[];
}

const undecided = (onlyIf: string): SystemLogin => ({
  answer: { onlyIf },
  path: null,
  line: null,
  words: null,
  becomes: [],
});

/** Undefined where the record asks for no system user. */
export function systemLogin(
  record: HbaLine,
  ident: IdentFile | undefined,
  asked: SystemUser,
  { version, anyCase }: { readonly version: Version; readonly anyCase: boolean },
): SystemLogin | undefined {
  const option = (name: string) => record.options.findLast((its) => its.name === name)?.value;
  const certificate = record.method === "cert" || option("clientcert") === "verify-full";
  if (!certificate && !["peer", "ident", "gss"].includes(record.method)) return undefined;
  const map = option("map") ?? "";
  if (map !== "" && !ident)
    return undecided(`pg_ident.conf, which was not given, maps ${asked.systemUser} to ${asked.user}`);
  // A server that runs already goes on with what it read before.
  if (map !== "" && ident && !ident.accepts)
    return undecided(`the map is as it should be: the server does not load ${ident.source.path}`);
  const realm = record.method === "gss" ? realmOf(asked.systemUser) : undefined;
  if (realm !== undefined && isOtherRealm(option("krb_realm"), realm, anyCase))
    return {
      ...NOBODY,
      words: `GSSAPI realm (${realm}) and configured realm (${option("krb_realm")}) don't match`,
    };
  const systemUser =
    realm !== undefined && option("include_realm") === "0"
      ? asked.systemUser.slice(0, -realm.length - 1)
      : asked.systemUser;
  const login = { ...asked, systemUser, anyCase: anyCase && record.method === "gss" };
  const file = ident ?? { lines: [] };
  const { answer, line, message } = mapUser(map, file, login, version);
  return {
    answer,
    path: line?.record.source.path ?? null,
    line: line?.record.line ?? null,
    words: message,
    becomes: map === "" ? [systemUser] : usersOf(map, file, login, version).map(({ user }) => user),
  };
}

const NOBODY: SystemLogin = { answer: false, path: null, line: null, words: null, becomes: [] };

const realmOf = (principal: string) => /@(.*)$/s.exec(principal)?.[1];

function isOtherRealm(wanted: string | undefined, realm: string, anyCase: boolean): boolean {
  if (wanted === undefined || wanted === "") return false;
  return anyCase ? wanted.toLowerCase() !== realm.toLowerCase() : wanted !== realm;
}

/** The same for a line of PgBouncer's. */
export function poolerSystemLogin(
  { method, map }: PoolerHbaLine,
  ident: PoolerIdent | undefined,
  asked: SystemUser,
): SystemLogin | undefined {
  if (method !== "cert" && method !== "peer") return undefined;
  const words = method === "cert" ? "certificate authentication failed" : "unix socket login rejected";
  if (map === null)
    return asked.systemUser === asked.user
      ? { ...NOBODY, answer: true, becomes: [asked.user] }
      : { ...NOBODY, words, becomes: [asked.systemUser] };
  const mapping = ident && poolerMapping(map, ident, asked);
  const becomes = (ident?.lines ?? [])
    .filter((line) => line.map === map && line.systemUser === asked.systemUser)
    .map(({ databaseUser }) => databaseUser.text);
  if (!mapping) return { ...NOBODY, words, becomes };
  return { answer: true, path: mapping.place.source.path, line: mapping.line, words: null, becomes };
}
