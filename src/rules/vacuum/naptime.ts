import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, valueText } from "../support/tuning.ts";

const LONG = 300;

export default defineRule({
  id: "vacuum/naptime",
  title: "autovacuum looks at a database too rarely",
  severity: "warning",
  controls: ["J06"],
  docs: () => ({
    why: "Each database is looked at once in autovacuum_naptime. A queue table that turns over every minute is many times its size when its turn comes, and statistics of a freshly loaded table are missing for as long.",
    fix: "Keep the default of 1min; below it for queues.",
    traps:
      "A bare number counts seconds. The nap is per database: with hundreds of them the launcher starts a worker every fraction of it.",
    leave: "Leave it on a server with thousands of databases, where a minute would keep the launcher busy.",
    see: [settingDocs("autovacuum", "autovacuum_naptime")],
  }),
  *check({ conf }) {
    const naptime = conf?.known("autovacuum_naptime");
    if (!conf || !naptime || Number(naptime.value) <= LONG) return;
    yield draftAbout(
      conf,
      naptime,
      `autovacuum looks at each database once in ${valueText(conf, naptime)}; the default is 1min.`,
      "1min",
    );
  },
});
