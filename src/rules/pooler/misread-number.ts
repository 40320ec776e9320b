import { poolerSetting } from "../../catalog/pgbouncer.ts";
import type { PoolerSettingInEffect } from "../../cluster/pooler.ts";
import { defineRule } from "../../engine/rule.ts";
import { about } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/misread-number",
  title: "PgBouncer reads another number than the file has",
  severity: "warning",
  controls: ["pgbouncer/int-wrap"],
  docs: () => ({
    why: "A number that starts with 0 is octal, one that does not fit into 32 bits loses its upper bits, and a time that is too large becomes 0, which mostly means for ever. PgBouncer does not say so.",
    fix: "Write a plain decimal number within two thousand millions.",
    leave: "A hexadecimal number on purpose is not reported; an octal one reads better in decimal.",
    see: [poolerDocs(), "https://github.com/libusual/libusual/blob/master/usual/cfparser.c"],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const [name, setting] of pooler.settings) {
      const type = poolerSetting(pooler.version, "pgbouncer", name)?.type;
      if (typeof setting.value !== "number" || name === "unix_socket_mode") continue;
      if ((type === "int" || type === "time") && isMisread(setting))
        yield {
          ...about(pooler, name),
          message: `${name} = ${setting.text} is ${setting.value} for PgBouncer${/^[+-]?0\d/.test(setting.text) && type === "int" ? ", which takes a leading 0 for octal" : ""}.`,
        };
    }
  },
});

/** Decimal in the file, and another number in effect. */
function isMisread({ text, value }: PoolerSettingInEffect): boolean {
  if (/^[+-]?0x/i.test(text)) return false;
  const meant = /^[+]?inf/i.test(text) ? Number.POSITIVE_INFINITY : Number(text);
  return !Number.isNaN(meant) && meant !== value;
}
