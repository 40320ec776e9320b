import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import type { ConfItem } from "../../cluster/conf-files.ts";
import type { Draft } from "../../engine/rule.ts";
import { absentFrom, applyOf, changeValue, valuePlace } from "./conf.ts";

/** A setting that a line of the configuration sets. */
export interface WrittenSetting extends EffectiveSetting {
  readonly item: ConfItem;
}

/** The setting of that canonical name, unless it is a default. */
export function writtenIn(conf: Conf | undefined, name: string): WrittenSetting | undefined {
  const setting = conf?.set.get(name);
  return setting?.item ? { ...setting, item: setting.item } : undefined;
}

/** What every finding about a value has in common that the server takes and that somebody should not have written. */
export function unwise({ setting, item }: WrittenSetting, message: string): Draft {
  return {
    place: valuePlace(item),
    message,
    setting: setting.name,
    current: item.entry.value,
    apply: applyOf(setting),
  };
}

/** The same with the value to write. */
export const unwiseFor = (written: WrittenSetting, suggested: string, message: string): Draft => ({
  ...unwise(written, message),
  suggested,
  fix: changeValue(written.item, suggested),
});

/** What a whole configuration should say and does not; its line, should there be one, has the default. */
export function lacking(conf: Conf, effective: EffectiveSetting, suggested: string, message: string): Draft {
  const { setting, item } = effective;
  if (item) return unwiseFor({ ...effective, item }, suggested, message);
  const about = { setting: setting.name, current: effective.base };
  return { place: absentFrom(conf), message, ...about, suggested, apply: applyOf(setting) };
}
