import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

const DEFAULT_SECONDS = 60;

export default defineRule({
  id: "network/authentication-timeout",
  title: "a connection may stay long without logging in",
  severity: "info",
  profiles: ["strict", "cis"],
  controls: ["D06", "CIS 5.7"],
  docs: () => ({
    why: "A connection that has not logged in yet holds a process, and from its first message on one of the max_connections. Whoever opens enough of them and then says nothing shuts everybody else out, for as long as this setting allows.",
    fix: "Keep the default, `authentication_timeout = 1min`, or go below it.",
    traps: "A login that asks a slow LDAP or RADIUS server counts too; ten seconds may be too few there.",
    leave: "Where people type a one-time password or wait for a push message on their phone.",
    see: [settingDocs("connection", "authentication_timeout")],
  }),
  *check({ conf }) {
    const timeout = writtenIn(conf, "authentication_timeout");
    if (!timeout || Number(timeout.value) <= DEFAULT_SECONDS) return;
    yield unwiseFor(
      timeout,
      "60s",
      `A client may hold a connection for ${timeout.value} seconds before it logs in; the default is ${DEFAULT_SECONDS}.`,
    );
  },
});
