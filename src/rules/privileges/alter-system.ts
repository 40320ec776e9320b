import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { lacking } from "../support/written.ts";

export default defineRule({
  id: "privileges/alter-system",
  title: "ALTER SYSTEM may override these files",
  severity: "info",
  profiles: ["strict"],
  versions: { postgres: ">=17" },
  controls: ["F10"],
  docs: () => ({
    why: "Where the files come from a repository, a tool or an operator, a value that somebody sets with ALTER SYSTEM wins over them from then on, and no review sees it. The next change in the repository then seems to have no effect.",
    fix: "Write `allow_alter_system = off`: the statement ends with an error that says why.",
    traps:
      "It is a guard rail, not a lock: a superuser has other ways to change files. What stands in postgresql.auto.conf already stays in force.",
    leave: "Where ALTER SYSTEM is how the server is configured.",
    see: [settingDocs("compatible", "allow_alter_system")],
  }),
  *check({ conf }) {
    const allowed = conf?.known("allow_alter_system");
    if (!conf || allowed?.value !== true) return;
    const origin = allowed.item ? "" : " by default";
    yield lacking(
      conf,
      allowed,
      "off",
      `allow_alter_system is on${origin}, so that postgresql.auto.conf may override what is managed here.`,
    );
  },
});
