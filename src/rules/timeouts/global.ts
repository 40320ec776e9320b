import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "timeouts/global",
  title: "a timeout for every session of the server",
  severity: "info",
  controls: ["N02", "N03", "N04"],
  profiles: ["strict"],
  docs: () => ({
    why: "In the file the timeout holds for migrations, CREATE INDEX, manual VACUUM, reports and backups as well, not only for the application that it was made for. PostgreSQL's manual advises against it.",
    fix: "Take it from the file, and set it for the roles of applications: `ALTER ROLE app SET statement_timeout = '30s'`.",
    traps:
      "pg_dump and autovacuum turn these timeouts off for themselves; most other tools do not. STIG V-233606 and pg_gather want a statement_timeout: timeouts/statement-timeout, profile stig.",
    leave: "Where it is generous and whoever runs long work knows to SET it.",
    see: [settingDocs("client", "statement_timeout"), settingDocs("client", "lock_timeout")],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const name of ["statement_timeout", "lock_timeout", "transaction_timeout"]) {
      const timeout = conf.known(name);
      if (!timeout || !(Number(timeout.value) > 0)) continue;
      const message = `${name} = ${timeout.item?.entry.value ?? timeout.base} holds for maintenance and migrations, too, not only for applications.`;
      yield changeTo(conf, timeout, "0", message);
    }
  },
});
