import type { Setting } from "../../catalog/setting.ts";
import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import type { ConfItem } from "../../cluster/conf-files.ts";
import type { Apply, Draft } from "../../engine/rule.ts";
import { tokenAt } from "../../syntax/conf-tokens.ts";
import type { ConfEntry } from "../../syntax/postgresql-conf.ts";
import type { Place, Source } from "../../text/source.ts";

/** The value of a setting's line. */
export const valuePlace = ({ entry, source }: ConfItem): Place => ({ source, span: entry.valueSpan });

/** Where a setting comes from; undefined where it is a default. */
export const placeOf = ({ item }: EffectiveSetting): Place | undefined =>
  item ? valuePlace(item) : undefined;

/** What a configuration does not say: the very start of its main file. */
export const absentFrom = ({ main }: Conf): Place => ({ source: main, span: { start: 0, end: 0 } });

/** The line of a setting, else the start of the file that does not have it. */
export const placeOrAbsent = (conf: Conf, setting: EffectiveSetting): Place =>
  placeOf(setting) ?? absentFrom(conf);

/** A value as it may stand in a file: bare where that is one token, else in single quotes. */
export function written(value: string): string {
  const token = tokenAt(value, 0);
  const bare = ["id", "unquoted", "integer", "real"].includes(token.kind) && token.end === value.length;
  return bare ? value : `'${value.replaceAll("\\", "\\\\").replaceAll("'", "''")}'`;
}

/** A fix that writes another value; safe, as the server refuses the one that stands there. */
export function rewriteValue(source: Source, entry: ConfEntry, value: string): NonNullable<Draft["fix"]> {
  const text = written(value);
  return {
    title: `Write ${entry.name} = ${text}`,
    safe: true,
    edits: [{ place: { source, span: entry.valueSpan }, text }],
  };
}

/** The same for a value that the server takes; not safe, as it does something else with the new one. */
export const changeValue = ({ source, entry }: ConfItem, value: string): NonNullable<Draft["fix"]> => ({
  ...rewriteValue(source, entry, value),
  safe: false,
});

export function applyOf(setting: Setting): Apply {
  if (setting.context === "postmaster") return "restart";
  return setting.context === "internal" ? "initdb" : "reload";
}

/** "name = value" as the effective configuration has it, with the unit. */
export const shown = ({ setting, base }: EffectiveSetting): string =>
  `${setting.name} = ${base}${setting.unit && setting.unit !== "8kB" ? setting.unit : ""}`;

/** What a rule says besides the value in question: where the other half of a conflict stands. */
export const related = (
  other: EffectiveSetting | undefined,
  message: string,
): NonNullable<Draft["related"]> => {
  const place = other && placeOf(other);
  return place ? [{ place, message }] : [];
};
