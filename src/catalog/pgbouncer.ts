import { entryOf } from "../text/entry-of.ts";
import catalog from "./pgbouncer.json";
import { isSince, type PoolerVersion } from "./pooler-version.ts";

/** Where a key of pgbouncer.ini belongs: the section [pgbouncer], or a connection string in one of the others. */
export type PoolerSection = "pgbouncer" | "databases" | "users" | "peers";

/** How PgBouncer reads a value; `atoi` takes what digits there are, and 0 where there are none. */
export type PoolerType = "int" | "uint" | "time" | "string" | "enum" | "atoi";

/** One key as one release of PgBouncer knows it. */
export interface PoolerSetting {
  readonly name: string;
  readonly type: PoolerType;
  /** An int that is meant as 0 or 1. */
  readonly isSwitch: boolean;
  /** The words of an enum. */
  readonly values: readonly string[];
  /** Null: none, so that a second [pgbouncer] header does not reset it. Connection strings have no defaults. */
  readonly default: string | null;
  readonly reloadable: boolean;
  /** The release that brought it; null where 1.15 has it. */
  readonly since: string | null;
}

interface Line {
  readonly name: string;
  readonly type: string;
  readonly switch?: boolean;
  readonly since?: string;
  readonly default?: string | null;
  readonly defaults?: readonly (readonly (string | null)[])[];
  readonly reload?: boolean | string;
  readonly values?: readonly string[];
  readonly valuesSince?: Readonly<Record<string, string>>;
}

const LINES: Readonly<Record<PoolerSection, readonly Line[]>> = {
  pgbouncer: catalog.settings,
  databases: catalog.databases,
  users: catalog.users,
  peers: catalog.peers,
};

const indexes = new Map<PoolerSection, ReadonlyMap<string, Line>>();

function lineOf(section: PoolerSection, name: string): Line | undefined {
  const known = indexes.get(section) ?? new Map(LINES[section].map((line) => [line.name, line]));
  indexes.set(section, known);
  return known.get(name);
}

/** The key as that release knows it; names are case-sensitive. */
export function poolerSetting(
  version: PoolerVersion,
  section: PoolerSection,
  name: string,
): PoolerSetting | undefined {
  const line = lineOf(section, name);
  if (!line || (line.since !== undefined && !isSince(version, line.since))) return undefined;
  const isThere = (word: string) => isSince(version, entryOf(line.valuesSince ?? {}, word) ?? "1.0");
  return {
    name,
    type: typeOf(line.type),
    isSwitch: line.switch ?? false,
    values: (line.values ?? []).filter(isThere),
    default: defaultOf(version, line),
    reloadable: typeof line.reload === "string" ? isSince(version, line.reload) : (line.reload ?? true),
    since: line.since ?? null,
  };
}

const TYPES: readonly PoolerType[] = ["int", "uint", "time", "string", "enum", "atoi"];
const typeOf = (type: string): PoolerType => TYPES.find((known) => known === type) ?? "string";

function defaultOf(version: PoolerVersion, { default: only = null, defaults }: Line): string | null {
  let value = only;
  for (const [since, text] of defaults ?? []) if (since && isSince(version, since)) value = text ?? null;
  return value;
}

/** The names of a section in that release. */
export const poolerNames = (version: PoolerVersion, section: PoolerSection): string[] =>
  LINES[section]
    .filter(({ since }) => since === undefined || isSince(version, since))
    .map(({ name }) => name);

/** The release that brought a key, where some release has it. */
export const poolerSince = (section: PoolerSection, name: string): string | undefined =>
  lineOf(section, name)?.since;
