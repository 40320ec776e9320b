import { poolerSetting } from "../../catalog/pgbouncer.ts";
import type { Pooler, PoolerTarget } from "../../cluster/pooler.ts";
import type { Draft } from "../../engine/rule.ts";
import type { ConnectPair } from "../../syntax/connect-string.ts";
import type { Place } from "../../text/source.ts";
import { sameWord } from "../../values/lists.ts";

interface Reading {
  /** All of [pgbouncer] was read, so that what is not set has its default. */
  readonly whole: boolean;
  /** Settings whose value PgBouncer refuses: nobody knows what was meant. */
  readonly refused: ReadonlySet<string>;
}

const readings = new WeakMap<Pooler, Reading>();

function readingOf(pooler: Pooler): Reading {
  const known = readings.get(pooler);
  if (known) return known;
  const refused = new Set<string>();
  let complete = true;
  for (const problem of pooler.problems) {
    if (problem.kind === "pooler/value") refused.add(problem.entry.key);
    if (problem.kind === "pooler/syntax" || problem.kind === "pooler/include") complete = false;
  }
  const hasMain = pooler.documents.some(({ parts }) =>
    parts.some((part) => part.kind === "section" && part.name === "pgbouncer"),
  );
  const reading = { whole: complete && hasMain, refused };
  readings.set(pooler, reading);
  return reading;
}

/** Is everything here, so that what is missing is really missing? */
export const isWhole = (pooler: Pooler): boolean => readingOf(pooler).whole;

/** A setting's text or its default; undefined where the files leave it open. */
export function known(pooler: Pooler, name: string): string | undefined {
  const { whole, refused } = readingOf(pooler);
  if (refused.has(name)) return undefined;
  return pooler.settings.get(name)?.text ?? (whole ? pooler.text(name) : undefined);
}

/** The word of an enum, as the catalog spells it. */
export const word = (pooler: Pooler, name: string): string | undefined => known(pooler, name)?.toLowerCase();

/** A number as PgBouncer reads it, or its default; undefined where the files leave it open. */
export function number(pooler: Pooler, name: string): number | undefined {
  const text = known(pooler, name);
  const value = pooler.settings.get(name)?.value ?? text;
  return text === undefined || text === "" ? undefined : Number(value);
}

/** A number that a line sets. */
export function numberSet(pooler: Pooler, name: string): number | undefined {
  const value = pooler.settings.get(name)?.value;
  return typeof value === "number" ? value : undefined;
}

/** The very start of the file: what it does not say. */
export const topOf = ({ main }: Pooler): Place => ({ source: main, span: { start: 0, end: 0 } });

/** The value of a setting's line, where there is one. */
export function lineOf({ settings }: Pooler, name: string): Place | undefined {
  const found = settings.get(name);
  return found && { source: found.source, span: found.entry.valueSpan };
}

/** What every finding about a setting has in common: its value's place, else the start of the file. */
export function about(
  pooler: Pooler,
  name: string,
  suggested?: string,
): Pick<Draft, "place" | "setting" | "current" | "suggested" | "apply"> {
  return {
    place: lineOf(pooler, name) ?? topOf(pooler),
    setting: name,
    current: pooler.text(name),
    apply: poolerSetting(pooler.version, "pgbouncer", name)?.reloadable ? "reload" : "restart",
    ...(suggested !== undefined && { suggested }),
  };
}

/** A fix that writes another value where a line sets one. */
export function rewritten(pooler: Pooler, name: string, text: string, safe: boolean): Pick<Draft, "fix"> {
  const place = lineOf(pooler, name);
  return place ? { fix: { title: `Write ${name} = ${text}`, safe, edits: [{ place, text }] } } : {};
}

/** The other half of a clash, where a line sets it. */
export function relatedTo(pooler: Pooler, name: string, message: string): NonNullable<Draft["related"]> {
  const place = lineOf(pooler, name);
  return place ? [{ place, message }] : [];
}

/** The last of a key's pairs counts. */
export const pairOf = ({ connect }: PoolerTarget, key: string): ConnectPair | undefined =>
  connect.pairs.findLast((pair) => pair.key === key);

export const pairPlace = ({ source, entry }: PoolerTarget, { start, end }: ConnectPair): Place => ({
  source,
  span: { start: entry.valueSpan.start + start, end: entry.valueSpan.start + end },
});

export const namePlace = ({ source, entry }: PoolerTarget): Place => ({ source, span: entry.keySpan });

/** The words of admin_users, stats_users and ignore_startup_parameters: commas and blanks part them. */
export const listOf = (text: string): string[] => text.split(/[\s,]+/).filter((item) => item !== "");

/** Where PgBouncer waits for clients; undefined where the files leave it open. */
export type Listens = "socket" | "loopback" | "remote" | "everywhere";

const EVERYWHERE = ["*", "0.0.0.0", "::"];
const isLoopback = (host: string): boolean =>
  sameWord(host, "localhost") || host === "::1" || host.startsWith("127.");

export function listensOn(pooler: Pooler): Listens | undefined {
  const text = known(pooler, "listen_addr");
  if (text === undefined) return undefined;
  const addresses = text
    .split(",")
    .map((address) => address.trim())
    .filter((address) => address !== "");
  if (addresses.length === 0) return "socket";
  if (addresses.some((address) => EVERYWHERE.includes(address))) return "everywhere";
  return addresses.every(isLoopback) ? "loopback" : "remote";
}

/** Can a client on another machine connect? */
export const isOpen = (listens: Listens | undefined): boolean =>
  listens === "remote" || listens === "everywhere";

/** May every client be made to use TLS? */
export const asksForTls = (pooler: Pooler): boolean =>
  ["require", "verify-ca", "verify-full"].includes(word(pooler, "client_tls_sslmode") ?? "");

/** A server on another machine: neither a socket nor this host. */
export const isRemoteHost = (host: string): boolean => !host.startsWith("/") && !isLoopback(host);

/** "a, b and 3 more" */
export function some(names: readonly string[], most = 3): string {
  const shown = names.slice(0, names.length === most + 1 ? most + 1 : most);
  const rest = names.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
