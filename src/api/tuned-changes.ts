import { settingIn } from "../catalog/postgres.ts";
import type { Setting } from "../catalog/setting.ts";
import type { Version } from "../catalog/version.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Conf, EffectiveSetting } from "../cluster/conf.ts";
import { kindOf } from "../cluster/kinds.ts";
import type { TextEdit } from "../fix/edits.ts";
import { written } from "../rules/support/conf.ts";
import { valueText } from "../rules/support/tuning.ts";
import type { Advice } from "../sizing/advice.ts";
import { parseValue } from "../values/parse.ts";

/** One setting of an existing configuration that should have another value. */
export interface Change {
  readonly name: string;
  /** As it is written in the file. */
  readonly value: string;
  readonly current?: string;
  /**
   * On its line, on a new one, or by ALTER SYSTEM, as postgresql.auto.conf has it, which nobody edits by hand; nowhere
   * where the difference does not matter.
   */
  readonly place: "line" | "new line" | "alter system" | "nowhere";
  readonly edit?: TextEdit & { readonly path: string };
}

/** Within a fifth nobody notices. */
const MATTERS = 0.2;

/** A standby does not start with fewer of these than its primary has. */
const STANDBY_NEEDS = [
  "max_connections",
  "max_worker_processes",
  "max_wal_senders",
  "max_prepared_transactions",
  "max_locks_per_transaction",
];

/** Where a server has more of these already, it is no worse for it. */
const ENOUGH = new Set([
  ...STANDBY_NEEDS,
  "autovacuum_max_workers",
  "autovacuum_vacuum_cost_limit",
  "checkpoint_timeout",
  "default_statistics_target",
]);

export function changesTo(
  { conf, target }: Cluster,
  settings: readonly Advice[],
  primary?: Cluster,
): Change[] {
  const adding = conf && new Additions(conf);
  return settings.map(({ name, value, reason }) => {
    const change = { name, value: written(value) };
    const setting = settingIn(target.postgres, name);
    const now = conf?.known(name);
    if (!conf || !adding || !setting) return { ...change, place: "new line" };
    const current = now && valueText(conf, now);
    const more = { ...change, ...(current !== undefined && { current }) };
    const isTooFew = STANDBY_NEEDS.includes(name) && now && isBelow(now, primary?.conf?.known(name));
    if (now && !isTooFew && !differs(now, setting, value, conf.version)) return { ...more, place: "nowhere" };
    if (!now?.item)
      return { ...more, place: "new line", edit: adding.edit(more.name, more.value, reason, now) };
    const { source, entry } = now.item;
    if (kindOf(source.path, source.text) === "postgresql.auto.conf")
      return { ...more, place: "alter system" };
    const { start, end } = entry.valueSpan;
    return { ...more, place: "line", edit: { path: source.path, start, end, text: more.value } };
  });
}

const isBelow = (now: EffectiveSetting, least: EffectiveSetting | undefined): boolean =>
  Number(now.value) < Number(least?.value);

function differs(now: EffectiveSetting, setting: Setting, value: string, version: Version): boolean {
  const advised = parseValue(setting, value, { version, shown: setting.name, current: () => "" });
  if ("message" in advised) throw new Error(`${setting.name} = ${value}: ${advised.message}`);
  const [old, wanted] = [now.value, advised.value];
  if (typeof old !== "number" || typeof wanted !== "number") return old !== wanted;
  if (ENOUGH.has(setting.name) && old >= wanted) return false;
  // Somebody asked for so many, or a pooler opens them.
  if (setting.name === "max_connections") return true;
  return Math.abs(old - wanted) > MATTERS * Math.max(Math.abs(old), Math.abs(wanted));
}

/** A setting as a comment, with the comment on it that goes on in lines of their own: `\t\t# (change requires restart)`. */
const DEFAULT = /^[ \t]*#[ \t]*(\w+)[ \t]*=[^\n]*\n(?:[ \t]+#(?![ \t]*\w+[ \t]*=)[^\n]*\n)*/gm;

/** New lines: below the line that has the setting as a comment, as initdb writes it, else at the end. */
class Additions {
  readonly #main: Conf["main"];
  readonly #commented = new Map<string, number>();
  #isFirst = true;

  constructor({ main }: Conf) {
    this.#main = main;
    for (const match of main.text.matchAll(DEFAULT))
      this.#commented.set((match[1] ?? "").toLowerCase(), match.index + match[0].length);
  }

  /** A setting that may stand in a file that could not be read goes to the end, where it wins. */
  edit(
    name: string,
    value: string,
    reason: string,
    now: EffectiveSetting | undefined,
  ): NonNullable<Change["edit"]> {
    const { path, text } = this.#main;
    const newline = text.includes("\r\n") ? "\r\n" : "\n";
    // The line that it stands on is long enough with the beginning of the reason.
    const line = `${name} = ${value}  # ${reason.split(/[;:,]/)[0] ?? ""}${newline}`;
    const below = now && this.#commented.get(name);
    if (below !== undefined) return { path, start: below, end: below, text: line };
    const head = this.#isFirst
      ? `${text === "" || text.endsWith("\n") ? "" : newline}${newline}# Sized to the host by pgconflint tune${newline}`
      : "";
    this.#isFirst = false;
    return { path, start: text.length, end: text.length, text: head + line };
  }
}
