import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/debug-messages",
  title: "a debug level for the whole server",
  severity: "warning",
  controls: ["E09"],
  docs: () => ({
    why: "debug1 to debug5 are meant for the developers of the server: up to dozens of lines for each transaction. The disk fills, the log's writer becomes the bottleneck, and the line that matters drowns. client_min_messages sends the same flood to every client, and log_min_error_statement adds the statement to every line.",
    fix: "Remove the line. For one session: `SET log_min_messages = debug1` as a superuser.",
    leave: "While a problem is hunted, with a date for its removal.",
    see: [settingDocs("logging", "log_min_messages"), settingDocs("client", "client_min_messages")],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const [name, usual] of LEVELS) {
      const level = conf.known(name);
      if (!level || !String(level.value).startsWith("debug")) continue;
      yield changeTo(conf, level, usual, `${name} = ${level.base} writes debug messages for every session.`);
    }
  },
});

const LEVELS = [
  ["log_min_messages", "warning"],
  ["log_min_error_statement", "error"],
  ["client_min_messages", "notice"],
] as const;
