import type { EffectiveSetting } from "../../cluster/conf.ts";
import type { Draft } from "../../engine/rule.ts";
import { applyOf, rewriteValue, valuePlace } from "./conf.ts";

/** A line whose value should be another one, with the edit for those who agree; nothing where no line sets it. */
export function* replaceValue(
  { setting, item }: EffectiveSetting,
  suggested: string,
  message: string,
  more: Partial<Draft> = {},
): Generator<Draft> {
  if (!item) return;
  yield {
    place: valuePlace(item),
    message,
    setting: setting.name,
    current: item.entry.value,
    suggested,
    apply: applyOf(setting),
    fix: { ...rewriteValue(item.source, item.entry, suggested), safe: false },
    ...more,
  };
}
