import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { destinationsOf, usesPrefix } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/prefix-blank",
  title: "the prefix of a log line runs into its message",
  severity: "info",
  controls: ["E17"],
  docs: () => ({
    why: "The server puts nothing between log_line_prefix and the message: `app@shopERROR:  …`. People misread it, and pgBadger and other parsers find neither the database nor the level.",
    fix: "A blank as the last character, inside the quotes: `'%m [%p] %q%u@%d '`.",
    traps: "Without quotes a value ends at its first blank, so that the last one cannot be there.",
    leave: "Where your own parser expects it so.",
    see: [settingDocs("logging", "log_line_prefix")],
  }),
  *check({ conf }) {
    const prefix = conf?.known("log_line_prefix");
    if (!conf || !prefix || !RUNS_ON.test(prefix.base)) return;
    if (!usesPrefix(destinationsOf(conf) ?? ["stderr"])) return;
    const message = `log_line_prefix = '${prefix.base}' has no blank at its end, so that the message follows without a gap.`;
    yield changeTo(conf, prefix, `${prefix.base} `, message);
  },
});

/** Ends with a letter or a digit, of an escape or not; %q prints nothing. */
const RUNS_ON = /(?<!%(?=q))[A-Za-z0-9]$/;
