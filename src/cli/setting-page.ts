import { takesIn } from "../api/compare/compared.ts";
import { type History, historyOf } from "../catalog/history.ts";
import { type PoolerSection, type PoolerSetting, poolerSetting } from "../catalog/pgbouncer.ts";
import { NEWEST_POOLER, OLDEST_POOLER } from "../catalog/pooler-version.ts";
import { settingIn } from "../catalog/postgres.ts";
import type { Setting } from "../catalog/setting.ts";
import { settingText } from "../catalog/texts.ts";
import { MAJORS } from "../catalog/version.ts";
import { table } from "../report/table.ts";
import { wrap } from "../report/wrap.ts";

/** All that is known of a name, of PostgreSQL's settings and of PgBouncer's. */
export interface AboutSetting {
  readonly name: string;
  /** The setting in each range of releases in which nothing about it changed. */
  readonly releases: readonly Era[];
  readonly history: History | null;
  readonly pgbouncer: readonly InSection[];
}

interface Era {
  readonly from: number;
  readonly to: number;
  readonly setting: Setting;
}

interface InSection {
  readonly section: PoolerSection;
  readonly setting: PoolerSetting;
}

export function aboutSetting(name: string): AboutSetting | undefined {
  const releases = erasOf(name);
  const pgbouncer = inSections(name);
  // What an old release or another program had is a pointer to it; PgBouncer's own page needs none.
  const history = (releases.length > 0 || pgbouncer.length === 0 ? historyOf(name) : undefined) ?? null;
  if (releases.length === 0 && pgbouncer.length === 0 && !history) return undefined;
  return { name: releases.at(-1)?.setting.name ?? name, releases, history, pgbouncer };
}

function erasOf(name: string): Era[] {
  const eras: Era[] = [];
  for (const major of MAJORS) {
    const setting = settingIn({ major, minor: null }, name);
    const last = eras.at(-1);
    if (!setting) continue;
    if (last && last.to === major - 1 && JSON.stringify(last.setting) === JSON.stringify(setting))
      eras[eras.length - 1] = { ...last, to: major };
    else eras.push({ from: major, to: major, setting });
  }
  return eras;
}

const SECTIONS = ["pgbouncer", "databases", "users", "peers"] as const;

const inSections = (name: string): InSection[] =>
  SECTIONS.flatMap((section) => {
    const setting = poolerSetting(NEWEST_POOLER, section, name);
    return setting ? [{ section, setting }] : [];
  });

export async function settingPage({ name, releases, history, pgbouncer }: AboutSetting): Promise<string> {
  const setting = releases.at(-1)?.setting;
  const text = setting && (await settingText(setting.name));
  const parts = [
    `${name}${setting?.module ? ` (${setting.module})` : ""}`,
    ...(text ? [wrap([text.short, text.extra].filter(Boolean).join(" "))] : []),
    ...(releases.length > 0 ? [table(releases.map(eraRow)).trimEnd()] : []),
    ...(pgbouncer.length > 0 ? [table(pgbouncer.map(sectionRow)).trimEnd()] : []),
    ...(history?.advice ? [`${history.until ? `Gone after ${history.until}. ` : ""}${history.advice}`] : []),
    ...(history?.use && history.use !== setting?.name ? [`See ${history.use}.`] : []),
  ];
  return `${parts.join("\n\n")}\n`;
}

function eraRow({ from, to, setting }: Era): string[] {
  const unit = setting.unit ? ` (${setting.unit})` : "";
  return [
    `PostgreSQL ${from === to ? `${from}` : `${from}-${to}`}`,
    setting.type,
    `default ${setting.default === null || setting.default === "" ? "''" : setting.default}${unit}`,
    rangeOf(setting),
    `a change takes: ${takes(setting.context)}`,
  ];
}

function sectionRow({ section, setting }: InSection): string[] {
  const { since, type, isSwitch, values, reloadable } = setting;
  const first = since ?? `1.${OLDEST_POOLER}`;
  const inPooler = section === "pgbouncer";
  return [
    `PgBouncer ${first === "1.25" ? first : `${first}-1.${NEWEST_POOLER.minor}`}, [${section}]`,
    isSwitch ? "0 or 1" : type === "time" ? "seconds" : type,
    inPooler ? `default ${setting.default || "''"}` : "",
    values.join(", "),
    inPooler ? `a change takes: ${reloadable ? "reload" : "restart"}` : "",
  ];
}

function rangeOf({ type, min, max, values, buildValues }: Setting): string {
  if (type === "integer" || type === "real") return `${min} to ${max}`;
  return [...values, ...buildValues.map((word) => `${word} (some builds)`)].join(", ");
}

/** What it needs for a changed value to count. */
export const takes = (context: Setting["context"] | null): string =>
  context === null ? "its library" : takesIn(context);
