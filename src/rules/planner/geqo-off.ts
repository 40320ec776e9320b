import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

export default defineRule({
  id: "planner/geqo-off",
  title: "joins of many tables are planned by trying every order",
  severity: "info",
  profiles: ["strict"],
  controls: ["M08"],
  docs: () => ({
    why: "From geqo_threshold tables on (12) the planner searches at random, as the number of orders explodes. With geqo = off it tries all that join_collapse_limit lets together, and one generated query with many joins can take minutes and gigabytes to plan.",
    fix: "Leave geqo on; raise geqo_threshold to 14 or so if plans of larger joins should be exact.",
    traps:
      "It bites only where join_collapse_limit and from_collapse_limit, 8 by default, were raised to 12 and more.",
    leave: "Leave it where those limits are at their default.",
    see: [settingDocs("query", "geqo"), settingDocs("query", "join_collapse_limit")],
  }),
  *check({ conf }) {
    const geqo = conf?.known("geqo");
    const limits = ["join_collapse_limit", "from_collapse_limit"].map((name) =>
      Number(conf?.known(name)?.value),
    );
    if (!conf || geqo?.value !== false || !limits.some((limit) => limit >= 12)) return;
    yield draftAbout(
      conf,
      geqo,
      `geqo = off tries every order of up to ${Math.max(...limits)} tables in one join.`,
      "on",
    );
  },
});
