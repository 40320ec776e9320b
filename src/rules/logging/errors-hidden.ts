import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/errors-hidden",
  title: "log_min_messages keeps warnings or errors out of the log",
  severity: "warning",
  controls: ["E09", "CIS 3.1.14"],
  docs: () => ({
    why: "The warnings that count come before the outage: transaction numbers that run out, a collation that changed, a failed archive command. With fatal or panic even errors, checkpoints, lock waits and slow statements are gone, as all of these have a lower level.",
    fix: "Remove the line, or write `log_min_messages = warning`.",
    traps:
      "For the server's log the levels are ordered warning, error, log, fatal, panic: log looks chatty and hides all errors. Google's checks accept panic.",
    leave: "Hardly ever; filter where the log is read.",
    see: [settingDocs("logging", "log_min_messages")],
  }),
  *check({ conf }) {
    const level = conf?.known("log_min_messages");
    const hidden = HIDES[String(level?.value)];
    if (!conf || !level || !hidden) return;
    const message = `log_min_messages = ${level.base} hides ${hidden}.`;
    yield changeTo(conf, level, "warning", message);
  },
});

const HIDES: Readonly<Record<string, string>> = {
  error: "warnings, such as the ones before transaction numbers run out",
  log: "errors and warnings",
  fatal: "errors, warnings and everything that the log_* settings ask for",
  panic: "everything but the message of a crash, also what the log_* settings ask for",
};
