import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/client-messages",
  title: "clients get more than errors",
  severity: "info",
  controls: ["E28", "STIG V-233516", "STIG V-233533"],
  profiles: ["stig"],
  docs: () => ({
    why: "STIG asks that messages tell a user no more than what is needed to go on.",
    fix: "`client_min_messages = error`.",
    traps:
      "Follows STIG V-233516. In the other profiles logging/client-warnings-hidden says the opposite: warnings are how a script learns that it did not work. A client may set it back for itself.",
    leave: "Where only administrators and applications talk to the server.",
    see: [settingDocs("client", "client_min_messages")],
  }),
  *check({ conf }) {
    const level = conf?.known("client_min_messages");
    if (!conf || !level || ["error", "fatal", "panic"].includes(String(level.value))) return;
    yield changeTo(conf, level, "error", `client_min_messages is ${level.base}; STIG asks for error.`);
  },
});
