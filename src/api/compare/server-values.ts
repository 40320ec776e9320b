import { poolerSetting } from "../../catalog/pgbouncer.ts";
import type { PoolerVersion } from "../../catalog/pooler-version.ts";
import { settingIn, settingsOf } from "../../catalog/postgres.ts";
import type { Version } from "../../catalog/version.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Conf, Placeholder } from "../../cluster/conf.ts";
import type { AuthToken } from "../../syntax/auth-tokens.ts";
import { lineMap } from "../../text/lines.ts";
import { redact } from "../../text/redact.ts";
import type { Place } from "../../text/source.ts";
import { parseValue } from "../../values/parse.ts";
import { cleanValue, withUnit } from "../shown-value.ts";
import { poolerValues } from "./pooler-values.ts";
import { sameValue } from "./same-value.ts";
import type { Held, Pool } from "./values-pool.ts";

/** What a server is set to: its values without its files, so that many servers fit in memory. */
export interface ServerValues {
  readonly path: string;
  readonly standby: boolean;
  readonly postgres: Version | null;
  readonly pgbouncer: PoolerVersion | null;
  /** What its files set, by setting; what is not there is at its default. */
  readonly values: ReadonlyMap<string, Held>;
  /** Settings of which a line is refused, with what it says, and those that may stand in a file that is missing. */
  readonly unknown: ReadonlyMap<string, string | null>;
  /** Who gets in by which file, as one text for files with the same lines. */
  readonly access: readonly AccessText[];
}

export interface AccessText {
  readonly file: "pg_hba.conf" | "auth_hba_file";
  readonly path: string;
  readonly text: string;
}

/** Of which of a cluster's files something is wanted; the others are its neighbours. */
type Asked = (path: string) => boolean;

export function serverValues(
  cluster: Cluster,
  { path, standby, asked, pool }: { path: string; standby: boolean; asked: Asked; pool: Pool },
): ServerValues {
  const { target } = cluster;
  const conf = cluster.conf && asked(cluster.conf.main.path) ? cluster.conf : undefined;
  const pooler = cluster.pooler && asked(cluster.pooler.main.path) ? cluster.pooler : undefined;
  const values = new Map<string, Held>();
  const keep = (key: string, held: Held) => {
    const from = held.from && { ...held.from, path: within(path, held.from.path) };
    const of = held.of === undefined ? undefined : cleanKey(held.of);
    values.set(pool.text(cleanKey(key)), pool.held({ ...held, from, ...(of !== undefined && { of }) }));
  };
  const unknown = conf ? settingsInEffect(conf, keep) : new Map<string, string | null>();
  if (cluster.ident && asked(cluster.ident.source.path))
    for (const { record, map, systemUser, databaseUser } of cluster.ident.lines) {
      const words = [map, systemUser, databaseUser].map(({ text }) => text).join(" ");
      const from = { path: record.source.path, line: record.line };
      keep(`pg_ident.conf ${words}`, { same: "", shown: "yes", from });
    }
  if (pooler) poolerValues(cluster, pooler, keep);
  return {
    path,
    standby,
    postgres: conf ? target.postgres : null,
    pgbouncer: pooler ? target.pgbouncer : null,
    values,
    unknown: new Map([...unknown].map(([name, line]) => [name, line && pool.text(line)])),
    access: accessTexts(cluster, asked, pool),
  };
}

/** Names of settings are no secrets; a user, a map or a database can be called anything. */
const cleanKey = (key: string): string => (/^[\w.]+$/.test(key) ? key : redact(key));

/** A file as seen from its server's directory. */
const within = (directory: string, path: string) =>
  path.startsWith(`${directory}/`) ? path.slice(directory.length + 1) : path;

function settingsInEffect(conf: Conf, keep: (key: string, held: Held) => void): Map<string, string | null> {
  for (const [name, effective] of conf.set) {
    const { item, base } = effective;
    const shown = cleanValue(name, item?.entry.value ?? base);
    const from = item && { path: item.source.path, line: item.entry.line };
    keep(name, { same: sameValue(effective), shown, from });
  }
  for (const [name, placeholder] of conf.placeholders) {
    const { entry, source } = placeholder.item;
    const same = libraryValue(conf.version, name, placeholder);
    keep(name, { same, shown: cleanValue(name, entry.value), from: { path: source.path, line: entry.line } });
  }
  // The server refuses a name that it does not know; the line is there all the same.
  for (const problem of conf.problems) {
    if (problem.kind !== "conf/unknown-setting") continue;
    const { name, value, line } = problem.entry;
    const from = { path: problem.place.source.path, line };
    keep(name, { same: value, shown: cleanValue(name, value), from });
  }
  const unknown = new Map<string, string | null>();
  // Somebody who names any other file takes it for the whole configuration.
  if (conf.whole)
    for (const { name, module } of settingsOf(conf.version))
      if (module === null && conf.known(name) === undefined) unknown.set(name, brokenLines(conf));
  for (const problem of conf.problems)
    if (problem.kind === "conf/value" && !conf.set.has(problem.setting.name))
      unknown.set(problem.setting.name, problem.entry.value);
  return unknown;
}

/** What cannot be read of the files; null where one of them is missing, so that nobody knows what it says. */
function brokenLines({ problems }: Conf): string | null {
  const isMissing = problems.some(({ kind }) => kind === "conf/include" || kind === "conf/abandoned");
  const broken = problems.filter(({ kind }) => kind === "conf/syntax");
  const textOf = ({ source, span }: Place) => {
    const lines = lineMap(source);
    const { start, end } = lines.spanOfLine(lines.lineAt(span.start));
    return source.text.slice(start, end);
  };
  return isMissing ? null : broken.map(({ place }) => textOf(place)).join("\n");
}

/** A value of a library's setting, as the library takes it where we know it. */
function libraryValue(version: Version, name: string, { value }: Placeholder): string {
  const setting = settingIn(version, name);
  if (!setting) return value;
  const parsed = parseValue(setting, value, { version, shown: name, current: () => "" });
  return "message" in parsed ? value : parsed.base;
}

/** What a setting is where no line sets it; undefined where that release has no such setting. */
export function defaultIn({ postgres, pgbouncer }: ServerValues, key: string): Held | undefined {
  const [, name] = /^\[pgbouncer\] (.*)$/.exec(key) ?? [];
  if (name !== undefined) {
    const setting = pgbouncer && poolerSetting(pgbouncer, "pgbouncer", name);
    return setting ? defaultOf(setting.default ?? "", setting.default ?? "") : undefined;
  }
  const setting = postgres && settingIn(postgres, key);
  if (!setting || setting.context === "internal") return undefined;
  const base = setting.default ?? "";
  return defaultOf(sameValue({ setting, base }), base && withUnit(base, setting.unit));
}

const defaultOf = (same: string, shown: string): Held => ({ same, shown, from: null });

/** The lines of the files about who gets in, with what they include. */
function accessTexts({ hba, poolerAccess }: Cluster, asked: Asked, pool: Pool): AccessText[] {
  const texts: AccessText[] = [];
  const add = (file: AccessText["file"], path: string, lines: unknown) =>
    texts.push({ file, path: pool.text(path), text: pool.text(JSON.stringify(lines)) });
  if (hba && asked(hba.source.path)) {
    const words = ({ text, quoted }: AuthToken) => [text, quoted];
    const lines = hba.records.map(({ fields, error }) => [error, ...fields.map((field) => field.map(words))]);
    add("pg_hba.conf", hba.source.path, lines);
  }
  const rules = poolerAccess?.hba;
  if (rules) {
    const textOf = ({ source, span }: Place) => source.text.slice(span.start, span.end).trim().split(/\s+/);
    add(
      "auth_hba_file",
      rules.source.path,
      rules.lines.map(({ place }) => textOf(place)),
    );
  }
  return texts;
}
