import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { replaceValue } from "../support/replace-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/commit-delay",
  title: "commit_delay makes commits wait",
  severity: "info",
  profiles: ["strict"],
  controls: ["G12"],
  docs: () => ({
    why: "Before it flushes the WAL, a commit sleeps for commit_delay so that others can join it, whenever commit_siblings other transactions are open. Commits that arrive while a flush is under way already share the next one without it; on fast disks the sleep only adds to every commit.",
    fix: "Remove the line. Measure with pg_test_fsync and your own load before you set it; half of the time of one flush is where the manual starts.",
    traps:
      "It is in microseconds. A session that idles in a transaction in which it has written counts for commit_siblings, too.",
    leave: "Where a measurement on this hardware showed more commits a second, as on slow disks.",
    see: [settingDocs("wal", "commit_delay"), pgDocs("wal-configuration")],
  }),
  *check({ conf }) {
    const delay = conf?.known("commit_delay");
    const siblings = conf?.known("commit_siblings");
    if (!delay || Number(delay.value) === 0) return;
    const when = siblings ? `while ${siblings.base} other transactions are open` : "on a busy server";
    yield* replaceValue(
      delay,
      "0",
      `commit_delay = ${delay.base}: ${when}, each group of commits sleeps ${Number(delay.value) / 1000} ms before it is flushed.`,
      { related: related(siblings, "from how many open transactions on") },
    );
  },
});
