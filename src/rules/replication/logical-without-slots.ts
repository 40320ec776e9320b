import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { replaceValue } from "../support/replace-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "replication/logical-without-slots",
  title: "wal_level = logical, and no slot can be made",
  severity: "warning",
  controls: ["I13"],
  docs: () => ({
    why: "Every consumer of logical changes needs a replication slot. With max_replication_slots = 0 none can be made, and all that wal_level = logical does is to write more WAL. It shows when the first subscription is created, and then takes a restart.",
    fix: "Remove `max_replication_slots = 0` (the default is 10), or write `wal_level = replica`.",
    leave: "Never; one of the two lines is left over.",
    see: [pgDocs("logical-replication-config"), settingDocs("replication", "max_replication_slots")],
  }),
  *check({ conf }) {
    const level = conf?.known("wal_level");
    const slots = conf?.known("max_replication_slots");
    if (level?.base !== "logical" || slots?.value !== 0) return;
    yield* replaceValue(
      slots,
      "10",
      "max_replication_slots = 0 while wal_level = logical: no logical slot can be made, so nobody can read the changes.",
      { related: related(level, "writes what only slots can read") },
    );
  },
});
