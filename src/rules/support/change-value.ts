import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import type { Draft } from "../../engine/rule.ts";
import { applyOf, changeValue, placeOrAbsent, written } from "./conf.ts";

/** What every finding about a setting that should have another value has in common. */
export const advise = (
  conf: Conf,
  effective: EffectiveSetting,
  suggested: string,
  message: string,
): Draft => ({
  place: placeOrAbsent(conf, effective),
  message,
  setting: effective.setting.name,
  current: effective.base,
  suggested: written(suggested),
  apply: applyOf(effective.setting),
});

/** The same with a fix for a value that stands in a file. */
export function changeTo(conf: Conf, effective: EffectiveSetting, suggested: string, message: string): Draft {
  const { item } = effective;
  return {
    ...advise(conf, effective, suggested, message),
    ...(item && { fix: changeValue(item, suggested) }),
  };
}

/** Is the number written without a unit, so that it counts the setting's own? */
export const isBare = ({ item, base }: EffectiveSetting): boolean =>
  item !== null && item.entry.value === base;
