import type { EffectiveSetting } from "../../cluster/conf.ts";
import type { Draft } from "../../engine/rule.ts";
import { unwiseFor } from "./written.ts";

/** A line whose value should be another one, with the edit for those who agree; nothing where no line sets it. */
export function* replaceValue(
  { item, ...effective }: EffectiveSetting,
  suggested: string,
  message: string,
  more: Partial<Draft> = {},
): Generator<Draft> {
  if (item) yield { ...unwiseFor({ ...effective, item }, suggested, message), ...more };
}
