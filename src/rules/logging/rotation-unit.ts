import type { Conf } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { changeTo, isBare } from "../support/change-value.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/rotation-unit",
  title: "a rotation limit in minutes or kilobytes where more was meant",
  severity: "warning",
  controls: ["E07"],
  docs: () => ({
    why: "Without a unit log_rotation_age counts minutes and log_rotation_size kilobytes. 7 for seven days makes a file every seven minutes, 100 for 100 MB one every few seconds, and the directory of the log fills with thousands of files.",
    fix: "Write the unit: `7d`, `100MB`.",
    leave: "Where it was meant so: write `7min`, and the finding is gone.",
    see: [settingDocs("logging", "log_rotation_age"), settingDocs("logging", "log_rotation_size")],
  }),
  *check({ conf }) {
    if (!conf || conf.known("logging_collector")?.value === false) return;
    yield* judge(conf, "log_rotation_age", { below: 60, counts: "minutes", meant: "d" });
    yield* judge(conf, "log_rotation_size", { below: 1024, counts: "kB", meant: "MB" });
  },
});

function* judge(
  conf: Conf,
  name: string,
  { below, counts, meant }: { below: number; counts: string; meant: string },
) {
  const limit = conf.known(name);
  if (!limit || typeof limit.value !== "number" || !isBare(limit)) return;
  const { value } = limit;
  if (value < 1 || value >= below) return;
  const suggested = `${value}${meant}`;
  yield changeTo(
    conf,
    limit,
    suggested,
    `${name} = ${value} means ${value} ${counts} here; write ${suggested}.`,
  );
}
