import type { Setting } from "../../catalog/setting.ts";
import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import type { Draft } from "../../engine/rule.ts";
import { formatBytes } from "../../host/bytes.ts";
import { changeTo } from "./change-value.ts";
import { applyOf, placeOrAbsent } from "./conf.ts";
import { readable } from "./values.ts";

const BYTES: Readonly<Record<string, number>> = { B: 1, kB: 1024, "8kB": 8192, MB: 1024 ** 2 };

/** A size in bytes; a number without a unit as it is. */
export const bytesOf = ({ setting, value }: EffectiveSetting): number =>
  Number(value) * (BYTES[setting.unit ?? ""] ?? 1);

/** Bytes as the value of a setting, in its own unit at the smallest. */
export function sizeText(setting: Setting, bytes: number): string {
  const unit = BYTES[setting.unit ?? ""] ?? 1;
  return formatBytes(Math.floor(bytes / unit) * unit);
}

/** The value as a person would write it. */
export const valueText = (conf: Conf, { setting, value, base }: EffectiveSetting): string =>
  typeof value === "number" ? readable(setting, value, conf.version) : base;

/**
 * A finding about the value of one setting, at its line, else where the file does not have it. A better value is a
 * matter of judgement, so the fix is never safe.
 */
export function draftAbout(
  conf: Conf,
  effective: EffectiveSetting,
  message: string,
  suggested?: string,
): Draft {
  const current = valueText(conf, effective);
  if (suggested !== undefined) return { ...changeTo(conf, effective, suggested, message), current };
  const { setting } = effective;
  return {
    place: placeOrAbsent(conf, effective),
    message,
    setting: setting.name,
    current,
    apply: applyOf(setting),
  };
}

/** "name = value", or that it is missing, with what that means. */
export const statement = (conf: Conf, effective: EffectiveSetting): string =>
  effective.item
    ? `${effective.setting.name} = ${valueText(conf, effective)}`
    : `${effective.setting.name} is not set, which means ${valueText(conf, effective)}`;
