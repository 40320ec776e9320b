import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { advise, changeTo } from "../support/change-value.ts";
import { absentFrom, placeOf } from "../support/conf.ts";
import { completed, ESCAPE_FOR, missingFields, type PrefixField } from "../support/log-prefix.ts";
import {
  connectionStages,
  destinationsOf,
  logsSlowStatements,
  ownsLog,
  usesPrefix,
} from "../support/logging.ts";
import { settingDocs } from "../support/sources.ts";

/** Something that the log does not show, and the value with which it would. */
interface Gap {
  readonly setting: EffectiveSetting;
  readonly what: string;
  readonly value: string;
  readonly hint?: string;
}

export default defineRule({
  id: "logging/blind-spots",
  title: "the log will not answer the first questions of an incident",
  severity: "info",
  controls: ["E13", "E17", "E22", "E23", "E24", "E25", "P02", "CIS 3.1.24"],
  docs: () => ({
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
  }),
  *check(cluster) {
    const { conf } = cluster;
    if (!conf) return;
    const prefix = ownsLog(cluster) ? prefixGaps(conf) : [];
    const gaps = [...prefix, ...gapsIn(conf)];
    // Defaults alone are worth a word only beside what somebody wrote, or a prefix that names nobody.
    if (prefix.length === 0 && !gaps.some(({ setting }) => setting.item)) return;
    const all = [...gaps, ...connectionGaps(conf)];
    const message = `The log will not show ${all.map(inWords).join(", ")}.`;
    const written = gaps.find(({ setting }) => setting.item);
    yield written ? atLine(conf, written, gaps, message) : { place: absentFrom(conf), message };
  },
});

const inWords = ({ setting, what, value, hint }: Gap) =>
  `${what} (${hint ?? `${setting.setting.name} = ${value}`})`;

/** Somebody wrote one of the values, which weighs more than a default. */
function atLine(conf: Conf, { setting, value }: Gap, gaps: readonly Gap[], message: string): Draft {
  const doubtful = gaps.every((gap) => !gap.setting.item || gap.setting.setting.name === STATEMENTS);
  return {
    ...(gaps.length === 1 ? changeTo : advise)(conf, setting, value, message),
    severity: doubtful ? "info" : "warning",
    related: gaps.flatMap((gap) => {
      const place = gap.setting !== setting && placeOf(gap.setting);
      return place ? [{ place, message: `hides ${gap.what}` }] : [];
    }),
  };
}

/** Where only syslog is known to get the lines, it adds time and process itself. */
function prefixGaps(conf: Conf): Gap[] {
  const setting = conf.known("log_line_prefix");
  const destinations = destinationsOf(conf) ?? ["syslog"];
  if (!setting || !usesPrefix(destinations)) return [];
  const wanted: PrefixField[] = destinations.includes("stderr")
    ? ["time", "process", "user", "database"]
    : ["user", "database"];
  const missing = missingFields(setting.base, wanted);
  if (missing.length === 0) return [];
  const hint = `${missing.map((field) => ESCAPE_FOR[field]).join(" ")} in log_line_prefix`;
  return [{ setting, what: missing.join(" and "), value: completed(setting.base, missing), hint }];
}

const STATEMENTS = "log_min_duration_statement";

const WANTED: readonly (readonly [name: string, what: string, value: string])[] = [
  ["log_lock_waits", "waits for locks", "on"],
  ["log_checkpoints", "checkpoints", "on"],
  ["log_temp_files", "temporary files", "10MB"],
  ["log_autovacuum_min_duration", "runs of autovacuum", "1min"],
  [STATEMENTS, "slow statements", "1s"],
];

const gapsIn = (conf: Conf): Gap[] =>
  WANTED.flatMap(([name, what, value]) => {
    const setting = conf.known(name);
    if (!setting || (setting.value !== false && setting.value !== -1)) return [];
    return name === STATEMENTS && logsSlowStatements(conf) ? [] : [{ setting, what, value }];
  });

/** Worth saying only beside others: many a server has good reasons. */
function connectionGaps(conf: Conf): Gap[] {
  const setting = conf.known("log_connections");
  if (!setting || connectionStages(setting).length > 0) return [];
  return [{ setting, what: "connections", value: "on" }];
}
