import { nearestName } from "../../catalog/nearest.ts";
import type { PoolerSetting } from "../../catalog/pgbouncer.ts";
import { parsePoolerValue } from "../../cluster/pooler-values.ts";
import { defineRule } from "../../engine/rule.ts";
import { entryOf } from "../../text/entry-of.ts";
import { rewriteEntry, withoutComment } from "../support/pooler.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/pooler-value",
  title: "a value that PgBouncer does not take",
  severity: "error",
  controls: [
    "T39",
    "T41",
    "pgbouncer/bad-int",
    "pgbouncer/bad-time",
    "pgbouncer/bad-enum",
    "pgbouncer/bad-bool",
    "pgbouncer/inline-comment",
    "pgbouncer/quoted-value",
  ],
  docs: () => ({
    why: "A value is everything up to the end of the line. Numbers stand alone, times are seconds without a unit, switches are 1 and 0, words are written out; quotes and a comment behind the value become part of it. With one that does not fit PgBouncer does not start.",
    fix: "Write the bare value, and put a comment on a line of its own.",
    traps:
      "`on`, `true` and `yes` are refused everywhere. In a setting that takes any text a comment behind the value is not refused but kept, in the name of a file or a user.",
    see: [poolerDocs("generic-settings")],
  }),
  *check({ problems }) {
    for (const { place, entry, setting, server } of problems("pooler/value")) {
      const meant = candidates(setting, entry.value).find(
        (text) => parsePoolerValue(setting, text) !== undefined,
      );
      yield {
        place,
        message: `${entry.key} = ${entry.value || "(empty)"}: ${complaint(setting, entry.value)}.`,
        setting: entry.key,
        current: entry.value,
        apply: setting.reloadable ? "reload" : "restart",
        server,
        ...(meant !== undefined && { suggested: meant, fix: rewriteEntry(place.source, entry, meant) }),
      };
    }
  },
});

function complaint(setting: PoolerSetting, value: string): string {
  if (withoutComment(value) !== undefined)
    return "a comment cannot stand behind a value; it becomes part of it";
  if (/^["'].*["']$/.test(value)) return "quotes become part of the value";
  if (setting.isSwitch) return "a switch is 1 or 0";
  if (setting.type === "time") return "a time is a number of seconds, without a unit";
  if (setting.type === "enum") return `the words are ${setting.values.join(", ")}`;
  return setting.type === "string" ? "this name is reserved" : "this is not a whole number";
}

/** Ways to write what was probably meant, the likeliest first. */
function candidates(setting: PoolerSetting, value: string): string[] {
  const bare = (withoutComment(value) ?? value).replace(/^(["'])(.*)\1$/, "$2").trim();
  const asSwitch = setting.isSwitch
    ? entryOf({ on: "1", true: "1", yes: "1", off: "0", false: "0", no: "0" }, bare.toLowerCase())
    : undefined;
  const near = setting.type === "enum" ? nearestName(bare.replaceAll("_", "-"), setting.values) : undefined;
  return [bare, asSwitch, setting.type === "time" ? inSeconds(bare) : undefined, near].filter(
    (text) => text !== undefined,
  );
}

const SECONDS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  sec: 1,
  min: 60,
  m: 60,
  h: 3600,
  hour: 3600,
  d: 86_400,
};

function inSeconds(text: string): string | undefined {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*([a-z]+?)s?$/i.exec(text) ?? [];
  const size = entryOf(SECONDS, unit.toLowerCase()) ?? (unit === "" ? SECONDS.s : undefined);
  return number !== undefined && size !== undefined ? String(Number(number) * size) : undefined;
}
