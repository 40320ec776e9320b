import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { vacuumPace } from "../../sizing/vacuum.ts";

/** How fast all autovacuum workers together may go; they share one budget. */
export interface Pace {
  readonly limit: EffectiveSetting;
  readonly delay: EffectiveSetting;
  /** Bytes of pages made dirty in a second; Infinity where nothing holds them back. */
  readonly bytes: number;
}

/** cost_limit units every cost_delay, of which each page that vacuum makes dirty takes vacuum_cost_page_dirty. */
export function paceOf(conf: Conf): Pace | undefined {
  const limit = ownOr(conf, "autovacuum_vacuum_cost_limit", "vacuum_cost_limit");
  const delay = ownOr(conf, "autovacuum_vacuum_cost_delay", "vacuum_cost_delay");
  const page = conf.get("vacuum_cost_page_dirty");
  if (!limit || !delay || !page) return undefined;
  const bytes = vacuumPace(Number(limit.value), Number(delay.value), Math.max(Number(page.value), 1));
  return { limit, delay, bytes };
}

/** -1 leaves it to the setting of manual vacuums. */
function ownOr(conf: Conf, name: string, general: string): EffectiveSetting | undefined {
  const own = conf.known(name);
  return own && Number(own.value) < 0 ? conf.known(general) : own;
}
