import { defineRule } from "../../engine/rule.ts";
import { advise, changeTo } from "../support/change-value.ts";
import { related } from "../support/conf.ts";
import { destinationsOf, ownsLog } from "../support/logging.ts";
import { pgSource, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/collector-needed",
  title: "csvlog or jsonlog without the logging collector",
  severity: "warning",
  controls: ["E02", "CIS 3.1.3"],
  docs: () => ({
    why: "Only the logging collector writes CSV and JSON files. Without it the server announces that its log goes to csvlog, and then writes plain text to its standard error; whoever waits for the .csv or .json file waits in vain.",
    fix: "`logging_collector = on`, which takes a restart; or `log_destination = stderr` where something else collects the output.",
    leave: "Where -c logging_collector=on stands on the server's command line.",
    see: [settingDocs("logging", "log_destination"), pgSource("utils/error/elog.c")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const destination = conf?.known("log_destination");
    const collector = conf?.known("logging_collector");
    if (!conf || !destination?.item || collector?.value !== false || !ownsLog(cluster)) return;
    const words = destinationsOf(conf)?.filter((word) => word === "csvlog" || word === "jsonlog") ?? [];
    if (words.length === 0) return;
    const message = `log_destination = ${destination.base} needs logging_collector = on; without it there will be no ${words.join(" and no ")}.`;
    if (collector.item)
      yield {
        ...changeTo(conf, collector, "on", message),
        related: related(destination, "asks for files that only the collector writes"),
      };
    else
      yield {
        ...advise(conf, destination, "stderr", message),
        setting: "logging_collector",
        current: "off",
        suggested: "on",
        apply: "restart",
      };
  },
});
