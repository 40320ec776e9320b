import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/client-warnings-hidden",
  title: "clients get no warnings",
  severity: "warning",
  controls: ["E28"],
  profiles: ["default", "strict", "cis"],
  docs: () => ({
    why: "With client_min_messages = error nobody at a prompt or in a migration sees `WARNING: there is no transaction in progress`, that a SET LOCAL had no effect, or that a privilege was not granted. The script looks as if it had worked.",
    fix: "Remove the line; a client that wants quiet sets it for itself.",
    traps: "STIG V-233516 wants error, so that messages tell an attacker nothing: profile stig.",
    leave: "Where only one application connects, which cannot deal with warnings.",
    see: [settingDocs("client", "client_min_messages")],
  }),
  *check({ conf }) {
    const level = conf?.known("client_min_messages");
    if (!conf || !level || !["error", "fatal", "panic"].includes(String(level.value))) return;
    const message = `client_min_messages = ${level.base} keeps every WARNING and NOTICE from all clients.`;
    yield changeTo(conf, level, "notice", message);
  },
});
