import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { absentFrom, applyOf, placeOf } from "../support/conf.ts";
import { ESCAPE_FOR, FULL_PREFIX, missingFields, type PrefixField } from "../support/log-prefix.ts";
import { connectionStages, destinationsOf, ownsLog, preloadedIn } from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

/** Something that the log does not tell, and what to write so that it does. */
interface Gap {
  readonly setting: EffectiveSetting;
  readonly what: string;
  readonly write: string;
  /** Worth saying only beside others. */
  readonly minor?: true;
}

export default defineRule({
  id: "logging/blind-spots",
  title: "the log will not answer the first questions of an incident",
  severity: "info",
  controls: ["E13", "E17", "E22", "E23", "E24", "E25", "P02", "CIS 3.1.24"],
  docs: {
    why: "After an outage somebody asks who waited for whom, what filled the disk, which statement was slow and whose it was. The log answers only what it was told to record before. What is missing is noticed during the incident, and cannot be had afterwards.",
    fix: "A line prefix with time, process, user and database, `log_lock_waits = on`, `log_checkpoints = on`, `log_temp_files = 10MB`, `log_autovacuum_min_duration = 1min`, `log_min_duration_statement = 1s`, and `log_connections` where clients stay connected. All of them take effect with a reload.",
    traps:
      "log_checkpoints is on and autovacuum runs of ten minutes are logged only since 15. Lock waits are logged after deadlock_timeout. What stands behind %q in the prefix is missing from the lines of the checkpointer, autovacuum and the other processes without a session. A csvlog or jsonlog has all the fields without a prefix. The CIS benchmark of Google Cloud wants log_min_duration_statement = -1, as statements may hold secrets.",
    leave:
      "Where a tool outside of the server records the same, or on a machine that nobody will ever ask about.",
    see: [
      settingDocs("logging", "log_line_prefix"),
      settingDocs("logging", "log_lock_waits"),
      settingDocs("logging", "log_temp_files"),
      settingDocs("logging", "log_autovacuum_min_duration"),
    ],
  },
  *check(cluster) {
    const { conf } = cluster;
    if (!conf) return;
    const gaps = [...(ownsLog(cluster) ? prefixGaps(conf) : []), ...gapsIn(conf)];
    if (gaps.every(({ minor }) => minor)) return;
    const first = gaps.find(({ setting }) => setting.item);
    const chosen = gaps.some(({ setting }) => setting.item && setting.setting.name !== STATEMENTS);
    yield {
      place: (first && placeOf(first.setting)) ?? absentFrom(conf),
      message: `The log will not tell ${gaps.map(({ what, write }) => `${what} (${write})`).join(", ")}.`,
      severity: chosen ? "warning" : "info",
      ...(first && { setting: first.setting.setting.name, current: first.setting.base }),
      ...(first?.setting.setting.name === PREFIX && { suggested: FULL_PREFIX }),
      ...(first && { apply: applyOf(first.setting.setting) }),
    };
  },
});

const PREFIX = "log_line_prefix";
const STATEMENTS = "log_min_duration_statement";

/** Where only syslog is known to get the lines, it adds time and process itself. */
function prefixGaps(conf: Conf): Gap[] {
  const setting = conf.known(PREFIX);
  const destinations = destinationsOf(conf) ?? ["syslog"];
  if (!setting || !destinations.some((word) => ["stderr", "syslog", "eventlog"].includes(word))) return [];
  const wanted: PrefixField[] = destinations.includes("stderr")
    ? ["time", "process", "user", "database"]
    : ["user", "database"];
  const missing = missingFields(setting.base, wanted);
  if (missing.length === 0) return [];
  const write = `${missing.map((field) => ESCAPE_FOR[field]).join(" ")} in ${PREFIX}`;
  return [{ setting, what: missing.join(" and "), write }];
}

function gapsIn(conf: Conf): Gap[] {
  const gaps: Gap[] = [];
  const add = (name: string, lacks: (setting: EffectiveSetting) => boolean, gap: Omit<Gap, "setting">) => {
    const setting = conf.known(name);
    if (setting && lacks(setting)) gaps.push({ setting, ...gap });
  };
  const isOff = ({ value }: EffectiveSetting) => value === false || value === -1;
  add("log_lock_waits", isOff, { what: "waits for locks", write: "log_lock_waits = on" });
  add("log_checkpoints", isOff, { what: "checkpoints", write: "log_checkpoints = on" });
  add("log_temp_files", isOff, { what: "temporary files", write: "log_temp_files = 10MB" });
  const vacuum = "log_autovacuum_min_duration";
  add(vacuum, isOff, { what: "runs of autovacuum", write: `${vacuum} = 1min` });
  const slow = { what: "slow statements", write: `${STATEMENTS} = 1s` };
  add(STATEMENTS, (setting) => isOff(setting) && !logsStatements(conf), slow);
  const stages = (setting: EffectiveSetting) => connectionStages(setting).length === 0;
  add("log_connections", stages, { what: "connections", write: "log_connections = on", minor: true });
  return gaps;
}

/** Something else that records slow statements, or all of them. */
function logsStatements(conf: Conf): boolean {
  if (!conf.whole) return true;
  const sample = conf.known("log_min_duration_sample");
  return (
    conf.known("log_statement")?.value === "all" ||
    (sample !== undefined && sample.value !== -1) ||
    preloadedIn(conf).includes("auto_explain")
  );
}
