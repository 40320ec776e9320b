import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/login-pause",
  title: "every login waits for a debugger",
  severity: "warning",
  controls: ["R01", "CIS 6.2"],
  docs: () => ({
    why: "pre_auth_delay and post_auth_delay give a developer the time to attach a debugger. On a server in use every connection waits that long, and those that wait count against max_connections: a pool that opens 50 connections at once may take them all.",
    fix: "Drop the lines; the default is 0.",
    traps:
      "Neither is a defence against guessed passwords: they delay everybody, also who logs in successfully. That is what the library auth_delay is for.",
    leave: "While a debugger is being attached.",
    see: [settingDocs("developer", "pre_auth_delay"), settingDocs("developer", "post_auth_delay")],
  }),
  *check({ conf }) {
    for (const name of ["pre_auth_delay", "post_auth_delay"]) {
      const delay = writtenIn(conf, name);
      if (!delay || Number(delay.value) === 0) continue;
      yield unwiseFor(
        delay,
        "0",
        `${name} makes every connection wait ${delay.value}s ${name === "pre_auth_delay" ? "before" : "after"} its login.`,
      );
    }
  },
});
