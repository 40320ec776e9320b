import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "timeouts/idle-session",
  title: "idle_session_timeout, where an application may keep a pool",
  severity: "info",
  controls: ["N05"],
  profiles: ["strict"],
  versions: { postgres: ">=14" },
  docs: () => ({
    why: "Most applications keep a pool of connections of their own. The server closes those that are idle for too long, and the application finds out when it sends its next query and gets an error.",
    fix: "`idle_session_timeout = 0` in the file, and ALTER ROLE … SET for people who work at a prompt.",
    traps: "A session with an open transaction is not covered: idle_in_transaction_session_timeout is.",
    leave: "Where all clients are people, or test a connection before they use it.",
    see: [settingDocs("client", "idle_session_timeout")],
  }),
  *check({ conf, pooler }) {
    const timeout = conf?.known("idle_session_timeout");
    if (!conf || pooler || !timeout || !(Number(timeout.value) > 0)) return;
    const message = `idle_session_timeout = ${timeout.item?.entry.value ?? timeout.base} closes the idle connections of applications' own pools as well.`;
    yield { ...changeTo(conf, timeout, "0", message), confidence: "low" };
  },
});
