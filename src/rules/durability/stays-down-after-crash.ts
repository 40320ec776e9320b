import { defineRule } from "../../engine/rule.ts";
import { replaceValue } from "../support/replace-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/stays-down-after-crash",
  title: "restart_after_crash = off, and nothing here that starts the server again",
  severity: "info",
  controls: ["G10"],
  docs: () => ({
    why: "When a server process crashes, or the kernel kills it for memory, the server by default ends the other sessions, recovers and is back within seconds. With restart_after_crash = off it shuts down and waits for somebody.",
    fix: "Write `restart_after_crash = on`, unless a cluster manager wants to decide for itself.",
    leave: "Under Patroni, Pacemaker or an operator that starts the server or promotes a standby.",
    see: [settingDocs("error-handling", "restart_after_crash")],
  }),
  *check({ conf, target }) {
    const restart = conf?.known("restart_after_crash");
    if (restart?.value !== false || target.platform !== "plain") return;
    yield* replaceValue(
      restart,
      "on",
      "restart_after_crash = off: after the crash of one process the whole server stays down until something starts it.",
      { confidence: "medium" },
    );
  },
});
