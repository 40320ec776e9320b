import { foldName } from "../../catalog/fold.ts";
import { settingIn } from "../../catalog/postgres.ts";
import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/no-effect",
  title: "a setting that a file may name, without any effect",
  severity: "warning",
  controls: ["R07"],
  docs: () => ({
    why: "A few names belong to a session, a transaction or the command line. The server reads such a line without complaint and goes on as if it were not there, so that somebody may believe the servers' transactions to be read-only or serializable.",
    fix: "Remove the line. What was meant is mostly the setting for new transactions: `default_transaction_read_only`, `default_transaction_isolation`, `default_transaction_deferrable`. The place of the main file is given with `-c config_file=` or `-D`.",
    see: [pgDocs("runtime-config-client"), pgDocs("sql-set-transaction")],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const item of conf.items) {
      const { entry, source } = item;
      if (!INERT.has(foldName(entry.name)) || conf.superseded.has(item)) continue;
      const setting = settingIn(conf.version, entry.name);
      if (!setting) continue;
      const instead = setting.name.startsWith("transaction_") ? `default_${setting.name}` : undefined;
      yield {
        place: { source, span: { start: entry.nameSpan.start, end: entry.valueSpan.end } },
        message: `${setting.name} in a file has no effect${instead ? `; ${instead} is the setting for new transactions` : ""}.`,
        setting: setting.name,
        current: entry.value,
        ...(instead && {
          suggested: `${instead} = ${entry.value}`,
          fix: {
            title: `Write ${instead}`,
            safe: false,
            edits: [{ place: { source, span: entry.nameSpan }, text: instead }],
          },
        }),
      };
    }
  },
});

const INERT = new Set([
  "config_file",
  "transaction_deferrable",
  "transaction_isolation",
  "transaction_read_only",
]);
