import { defineRule } from "../../engine/rule.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { draftAbout, valueText } from "../support/tuning.ts";

const GB_UP_TO = 128;

/** A bare number below `least`, in the setting's own unit, is hardly what somebody meant. */
interface Slip {
  readonly least: number;
  /** The unit that was probably meant. */
  readonly meant: (value: number) => "MB" | "GB";
}

const inMegabytes = (least: number): Slip => ({ least, meant: () => "MB" });
const inGigabytes = (least: number): Slip => ({ least, meant: () => "GB" });

const SLIPS: ReadonlyMap<string, Slip> = new Map([
  ["work_mem", inMegabytes(1024)],
  ["maintenance_work_mem", inMegabytes(8192)],
  ["autovacuum_work_mem", inMegabytes(8192)],
  ["logical_decoding_work_mem", inMegabytes(1024)],
  ["shared_buffers", { least: 8192, meant: (value) => (value < 64 ? "GB" : "MB") }],
  ["effective_cache_size", { least: 16_384, meant: (value) => (value < GB_UP_TO ? "GB" : "MB") }],
  ["wal_buffers", inMegabytes(65)],
  ["temp_buffers", inMegabytes(1024)],
  ["max_wal_size", inGigabytes(101)],
  ["wal_keep_size", inGigabytes(16)],
  ["max_slot_wal_keep_size", inGigabytes(GB_UP_TO)],
  ["temp_file_limit", { least: 10_240, meant: (value) => (value < 1024 ? "GB" : "MB") }],
]);
/** server/wal-size has the smaller ones, which do not start. */
const TWO_SEGMENTS = 32;

export default defineRule({
  id: "memory/unit-slip",
  title: "a size without a unit means something else here",
  severity: "warning",
  controls: ["K07"],
  docs: {
    why: "A number without a unit counts in the setting's own: kB for work_mem, blocks of 8 kB for shared_buffers, MB for max_wal_size. The server takes it without a word, and runs with a thousandth of the memory that was meant.",
    fix: "Always write the unit: `work_mem = 64MB`.",
    traps:
      "Units are case-sensitive: kB, MB, GB, TB. The suggestion is a guess at what was meant; check it before you take it.",
    leave:
      "Leave it if you meant it; a unit (`work_mem = 512kB`) says so to this rule and to the next reader.",
    see: [
      pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES"),
      settingDocs("resource", "work_mem"),
      settingDocs("resource", "shared_buffers"),
    ],
  },
  *check({ conf }) {
    for (const [name, { least, meant }] of SLIPS) {
      const setting = conf?.set.get(name);
      const text = setting?.item?.entry.value ?? "";
      const value = Number(text);
      if (!conf || !setting || !(value > 0 && value < least)) continue;
      if (name === "max_wal_size" && value < TWO_SEGMENTS) continue;
      const suggested = `${value}${meant(value)}`;
      const unit = setting.setting.unit === "8kB" ? "blocks of 8kB" : setting.setting.unit;
      const means = valueText(conf, setting);
      yield draftAbout(
        conf,
        setting,
        `${name} = ${text} counts ${unit}, which makes ${means}; write ${suggested}, or ${means} if that is what you want.`,
        suggested,
      );
    }
  },
});
