import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import type { Place } from "../../text/source.ts";
import { parseStandbyNames } from "../../values/hooks/standby-names.ts";
import { placeOf } from "./conf.ts";

/** Who must confirm a commit. */
export interface SyncStandbys {
  readonly setting: EffectiveSetting;
  readonly place: Place;
  /** How many must answer. */
  readonly count: number;
  /** The different names, which are compared without regard to case. */
  readonly names: readonly string[];
  /** `*`: any standby will do. */
  readonly any: boolean;
}

/** Undefined where commits wait for nobody: no names, or a synchronous_commit that does not ask them. */
export function syncStandbysOf(conf: Conf | undefined): SyncStandbys | undefined {
  const setting = conf?.known("synchronous_standby_names");
  const place = setting && placeOf(setting);
  if (!place || setting.base.trim() === "") return undefined;
  if (["off", "local"].includes(conf?.known("synchronous_commit")?.base ?? "on")) return undefined;
  const parsed = parseStandbyNames(setting.base);
  if (!("standbys" in parsed)) return undefined;
  const names = [...new Set(parsed.standbys.map((name) => name.toLowerCase()))];
  return { setting, place, count: parsed.count, names, any: names.includes("*") };
}
