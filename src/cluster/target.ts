import { NEWEST_POOLER, type PoolerVersion, parsePoolerVersion } from "../catalog/pooler-version.ts";
import { MAJORS, NEWEST, parsePostgresVersion, type Version } from "../catalog/version.ts";
import { allOf, FACT_NAMES, FACTS, factFrom, type Host, spelled } from "../host/facts.ts";

/** A target as the caller names it. */
export interface TargetInput {
  readonly postgres?: string;
  readonly pgbouncer?: string;
  /** What runs the server, and writes parts of its configuration; "plain" unless told otherwise. */
  readonly platform?: Platform;
}

export const PLATFORMS = [
  "plain",
  "patroni",
  "cnpg",
  "kubernetes",
  "docker",
  "rds",
  "cloudsql",
  "azure",
] as const;
export type Platform = (typeof PLATFORMS)[number];

/** Where a version comes from, for people: "--postgres", "PG_VERSION", "comment", "default", … */
export interface TargetOrigins {
  readonly postgres?: string;
  readonly pgbouncer?: string;
}

/** The servers that the files are for, and who says so. */
export interface Target {
  readonly postgres: Version;
  readonly postgresFrom: string;
  readonly pgbouncer: PoolerVersion;
  readonly pgbouncerFrom: string;
  readonly platform: Platform;
}

/** The caller named a target that nobody can check against. */
export class TargetError extends Error {}

/** What was asked for, else what a first line such as `# pgconflint: postgres=16` declares, else the newest releases. */
export function resolveTarget(asked: TargetInput, declared: TargetInput, from: TargetOrigins = {}): Target {
  const postgres = asked.postgres ?? declared.postgres;
  const pgbouncer = asked.pgbouncer ?? declared.pgbouncer;
  const origin = (key: keyof TargetOrigins) => {
    if (asked[key] !== undefined) return from[key] ?? "target";
    return declared[key] === undefined ? "default" : "comment";
  };
  return {
    postgres: postgres === undefined ? { major: NEWEST, minor: null } : postgresVersion(postgres),
    postgresFrom: origin("postgres"),
    pgbouncer: pgbouncer === undefined ? NEWEST_POOLER : poolerVersion(pgbouncer),
    pgbouncerFrom: origin("pgbouncer"),
    platform: asked.platform ?? declared.platform ?? "plain",
  };
}

export function postgresVersion(text: string): Version {
  const version = parsePostgresVersion(text);
  if (!version)
    throw new TargetError(
      `PostgreSQL "${text}" is not known; say ${MAJORS[0]} to ${NEWEST}, or a minor release such as 16.4`,
    );
  return version;
}

export function poolerVersion(text: string): PoolerVersion {
  const version = parsePoolerVersion(text);
  if (!version) throw new TargetError(`PgBouncer "${text}" is not known; say 1.15 to 1.25`);
  return version;
}

/** The releases that there are: a comment that names another is the command line's to complain about, and no reason to stop. */
export function knownReleases({ postgres, pgbouncer }: TargetInput): TargetInput {
  return {
    ...(postgres !== undefined && parsePostgresVersion(postgres) && { postgres }),
    ...(pgbouncer !== undefined && parsePoolerVersion(pgbouncer) && { pgbouncer }),
  };
}

/** What `# pgconflint: postgres=16 memory=32GB cpus=8 disk=ssd` in the comments on top of a file says. */
export interface Declared {
  readonly target: TargetInput;
  readonly host: Host;
  /** What it says of the host that cannot be read, in words. */
  readonly unread: readonly string[];
}

export function declaredOnTop(text: string): Declared {
  if (!text.slice(0, 4096).includes("pgconflint:")) return { target: {}, host: {}, unread: [] };
  const head = /^(?:[ \t]*(?:[#;].*)?\r?\n)*[ \t]*[#;].*/.exec(text.slice(0, 4096))?.[0] ?? "";
  const declared = /^[ \t]*[#;][ \t]*pgconflint:[ \t]*(.*)$/m.exec(head)?.[1] ?? "";
  const value = (key: string) => new RegExp(`(?:^|\\s)${key}=(\\S+)`).exec(declared)?.[1];
  const postgres = value("postgres");
  const pgbouncer = value("pgbouncer");
  const facts: Host[] = [];
  const unread: string[] = [];
  for (const name of FACT_NAMES) {
    const word = value(spelled(name, "_"));
    if (word === undefined) continue;
    const fact = factFrom(name, word, "comment");
    facts.push(fact);
    if (!fact[name]) unread.push(`${spelled(name, "_")}=${word} in a comment is not ${FACTS[name].wanted}`);
  }
  return {
    target: { ...(postgres && { postgres }), ...(pgbouncer && { pgbouncer }) },
    host: allOf(facts),
    unread,
  };
}
