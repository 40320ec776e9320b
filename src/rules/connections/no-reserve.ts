import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

export default defineRule({
  id: "connections/no-reserve",
  title: "no connection is kept for the superuser",
  severity: "warning",
  controls: ["L02"],
  docs: () => ({
    why: "When an application leaks connections until none is left, an administrator cannot log in to see who holds them, and can only stop the server.",
    fix: "Keep the default, `superuser_reserved_connections = 3`.",
    traps: "The reserve helps only if applications do not log in as a superuser.",
    leave:
      "From 16 on, reserved_connections alone will do: a superuser may use those too, and the rule keeps quiet.",
    see: [
      settingDocs("connection", "superuser_reserved_connections"),
      settingDocs("connection", "reserved_connections"),
    ],
  }),
  *check({ conf }) {
    const reserve = conf?.known("superuser_reserved_connections");
    if (!conf || reserve?.value !== 0 || Number(conf.get("reserved_connections")?.value ?? 0) > 0) return;
    yield {
      ...draftAbout(
        conf,
        reserve,
        "superuser_reserved_connections = 0 leaves no way in when all connections are taken.",
        "3",
      ),
      // Another part of the configuration may have reserved_connections.
      ...(!conf.whole && conf.version.major >= 16 && { confidence: "medium" as const }),
    };
  },
});
