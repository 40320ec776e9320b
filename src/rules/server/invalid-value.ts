import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";
import { refusedValue, refusedValues } from "../support/values.ts";

export default defineRule({
  id: "server/invalid-value",
  title: "a value that the setting's own check refuses",
  severity: "error",
  controls: ["Q04"],
  docs: () => ({
    why: "Many settings look closer at their value than its type says: lists of names, time zones, dates, names of standbys, numbers that must be multiples of others or fit to other settings. The server does not start with a value that fails such a check.",
    fix: "The server's detail names what it stumbled over.",
    traps:
      "Time zones come from the server's own files, so an older release may not know a new name. A list takes double quotes round a name with capitals, dashes or blanks. The limit of max_stack_depth is that of the process that starts the server (8MB on Linux unless told otherwise), less 512kB.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-NAMES-VALUES"), pgDocs("view-pg-file-settings")],
  }),
  *check(cluster) {
    for (const problem of refusedValues(cluster, "hook")) {
      const { setting, entry, refusal, place } = problem;
      const reason = refusal.detail ?? refusal.before ?? advice[setting.name];
      const because = reason ? `: ${reason.replace(/\.$/, "")}` : "";
      if (refusal.before !== undefined)
        yield {
          place,
          message: `${setting.name}: ${refusal.before}.`,
          severity: "warning",
          server: { effect: "warns", when: "read", message: refusal.before },
        };
      yield refusedValue(
        problem,
        `The server refuses ${setting.name} = ${entry.value === "" ? "''" : entry.value}${because}.`,
      );
    }
  },
});

/** Where the server gives no detail. */
const advice: Readonly<Record<string, string>> = {
  TimeZone: "it has no time zone of that name, such as Europe/Berlin or UTC",
  log_timezone: "it has no time zone of that name, such as Europe/Berlin or UTC",
  timezone_abbreviations: "no file of that name is in its timezonesets folder",
  client_encoding: "no encoding has that name",
  role: "a role can be set for a session, a database or a role, not in a file",
  session_authorization: "it belongs to a session, not in a file",
  recovery_target_time: "it wants a date and a time, such as 2026-11-21 14:00:00+01",
  recovery_target_lsn: "it wants a position such as 16/B374D848",
  recovery_target_xid: "it wants a transaction number",
  max_connections: "together with the worker processes it is over the limit of 262143",
  autovacuum_max_workers: "together with connections and other workers it is over the limit of 262143",
  max_worker_processes: "together with connections and other workers it is over the limit of 262143",
  max_wal_senders: "together with connections and workers it is over the limit of 262143",
};
