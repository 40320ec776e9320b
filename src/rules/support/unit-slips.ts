import type { Setting } from "../../catalog/setting.ts";
import type { EffectiveSetting } from "../../cluster/conf.ts";

/** A bare number below `least`, in the setting's own unit, is hardly what somebody meant. */
interface Slip {
  readonly least: number;
  /** A number below this was meant in GB, any other in MB. */
  readonly gigabytes: number;
}

const inMegabytes = (least: number): Slip => ({ least, gigabytes: 0 });
const inGigabytes = (least: number): Slip => ({ least, gigabytes: least });

const SLIPS: ReadonlyMap<string, Slip> = new Map([
  ["work_mem", inMegabytes(1024)],
  ["maintenance_work_mem", inMegabytes(8192)],
  ["autovacuum_work_mem", inMegabytes(8192)],
  ["logical_decoding_work_mem", inMegabytes(1024)],
  ["shared_buffers", { least: 8192, gigabytes: 64 }],
  ["effective_cache_size", { least: 16_384, gigabytes: 128 }],
  ["wal_buffers", inMegabytes(65)],
  ["temp_buffers", inMegabytes(1024)],
  ["max_wal_size", inGigabytes(101)],
  ["wal_keep_size", inGigabytes(16)],
  ["max_slot_wal_keep_size", inGigabytes(128)],
  ["temp_file_limit", { least: 10_240, gigabytes: 1024 }],
]);

/** The text with the unit that was probably meant; undefined where it has one, or is a likely number without. */
export function withMeantUnit({ name }: Setting, text: string): string | undefined {
  const slip = SLIPS.get(name);
  const value = Number(text);
  if (!slip || !(value > 0 && value < slip.least)) return undefined;
  return `${value}${value < slip.gigabytes ? "GB" : "MB"}`;
}

export const meantSize = ({ setting, item }: EffectiveSetting): string | undefined =>
  item ? withMeantUnit(setting, item.entry.value) : undefined;

/** What a number without a unit counts. */
export const unitName = ({ unit }: Setting): string => (unit === "8kB" ? "blocks of 8kB" : (unit ?? ""));
