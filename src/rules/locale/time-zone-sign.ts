import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

/** Etc/GMT+3 has the same sign, but is nothing that somebody writes without having looked it up. */
const FROM_UTC = /^(?:GMT|UTC|UCT)([+-])(0?\d|1[0-2])(?::?00)?$/i;
const DAY = 24;
const NOON = 12;

export default defineRule({
  id: "locale/time-zone-sign",
  title: "a time zone on the other side of the world",
  severity: "warning",
  controls: ["Q04"],
  docs: () => ({
    why: "In a zone such as `UTC+3` the sign is POSIX's: plus is west of Greenwich. Moscow written as UTC+3 is six hours off, which shows when timestamps of the database are compared with those of the application.",
    fix: "Name a place, `Europe/Moscow`, which knows about daylight saving as well; or turn the sign round.",
    traps:
      "In SQL, `AT TIME ZONE INTERVAL '+03:00'` and `SET TIME ZONE 3` count eastwards, as ISO 8601 does, and so does `timezone = '3'` in the file. `Etc/GMT+3` is a zone of its own right, with the same sign as POSIX's.",
    leave: "Where west was meant.",
    see: [
      settingDocs("client", "timezone"),
      "https://www.postgresql.org/docs/current/datetime-posix-timezone-specs.html",
    ],
  }),
  *check({ conf }) {
    for (const name of ["TimeZone", "log_timezone"]) {
      const zone = writtenIn(conf, name);
      const [, sign, digits] = (zone && FROM_UTC.exec(zone.base)) ?? [];
      const hours = Number(digits ?? 0);
      if (!zone || hours === 0) continue;
      const west = sign === "+";
      const clock = (NOON + (west ? -hours : hours) + DAY) % DAY;
      yield {
        ...unwiseFor(
          zone,
          `Etc/GMT${west ? "-" : "+"}${hours}`,
          `${name} = ${zone.base} lies ${hours} ${hours === 1 ? "hour" : "hours"} ${west ? "west" : "east"} of Greenwich: at 12:00 UTC it is ${String(clock).padStart(2, "0")}:00 there.`,
        ),
        confidence: "medium",
      };
    }
  },
});
