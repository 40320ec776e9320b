import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { placeOrAbsent, related } from "../support/conf.ts";
import { cycleInWords, cycleOf, everTruncates } from "../support/log-name.ts";
import { ownsLog, writesLogFiles } from "../support/logging.ts";
import { pgSource, settingDocs } from "../support/sources.ts";

/** What decides when the collector begins another file, and which. */
interface Rotation {
  readonly filename: EffectiveSetting;
  readonly age: EffectiveSetting;
  readonly size: EffectiveSetting;
  readonly truncate: EffectiveSetting;
}

export default defineRule({
  id: "logging/rotation",
  title: "a log file that grows without end",
  severity: "warning",
  controls: ["E04", "E06", "E07", "CIS 3.1.5", "CIS 3.1.7", "CIS 3.1.8", "CIS 3.1.9"],
  docs: {
    why: "Rotation only opens the file that log_filename names at that moment. Where that is the same file again, the server goes on at its end: it grows for years, mixes the weeks, and one day its disk is full.",
    fix: 'Either a week that overwrites itself, `log_filename = "postgresql-%a.log"`, `log_rotation_age = 1d`, `log_rotation_size = 0`, `log_truncate_on_rotation = on`; or names with a date, and a job that deletes the old ones.',
    traps:
      "The server truncates a file only when it rotates by time and the name is another than before: never with a fixed name, never by size, never at a start. With %a and an age of seven days it is always the same name.",
    leave:
      "Where logrotate or the like moves the files: with both limits 0, and `pg_ctl logrotate` afterwards.",
    see: [
      settingDocs("logging", "log_truncate_on_rotation"),
      settingDocs("logging", "log_filename"),
      pgSource("postmaster/syslogger.c"),
    ],
  },
  *check(cluster) {
    const { conf } = cluster;
    if (!conf || !ownsLog(cluster) || !writesLogFiles(conf)) return;
    const filename = conf.known("log_filename");
    const age = conf.known("log_rotation_age");
    const size = conf.known("log_rotation_size");
    const truncate = conf.known("log_truncate_on_rotation");
    if (filename && age && size && truncate) yield* judge(conf, { filename, age, size, truncate });
  },
});

function* judge(conf: Conf, { filename, age, size, truncate }: Rotation): Generator<Draft> {
  const cycle = cycleOf(filename.base);
  const name = `log_filename = ${filename.base}`;
  if (age.value === 0 && size.value === 0) {
    const what = "log_rotation_age and log_rotation_size are 0, so that one file takes everything";
    if (cycle > 0) yield changeTo(conf, age, "1d", `${what} from start to stop.`);
    // A fixed name without rotation is how logrotate wants it.
    else
      yield {
        place: placeOrAbsent(conf, age),
        message: `${what}, unless something else moves it.`,
        severity: "info",
        confidence: "low",
        setting: "log_rotation_age",
        current: age.base,
        apply: "reload",
      };
  } else if (cycle === 0) {
    const message = `${name} is the same at each rotation, so that one file grows without end unless something else moves it.`;
    yield { ...changeTo(conf, filename, "postgresql-%Y-%m-%d.log", message), confidence: "medium" };
  } else if (Number.isFinite(cycle) && truncate.value === false) {
    const message = `${name} comes back after ${cycleInWords(cycle)}, and log_truncate_on_rotation = off then appends to the old file.`;
    yield {
      ...changeTo(conf, truncate, "on", message),
      related: related(truncate.item ? filename : undefined, "is a name that comes back"),
    };
  } else if (Number.isFinite(cycle) && !everTruncates(cycle, Number(age.value))) {
    const when = age.value === 0 ? "only by size" : "after a whole cycle of the name";
    const message = `${name} comes back after ${cycleInWords(cycle)}, and rotation happens ${when}, which never truncates: the files only grow.`;
    yield {
      ...changeTo(conf, age, cycle > 1440 ? "1d" : "1h", message),
      related: related(age.item ? filename : undefined, "is a name that comes back"),
    };
  }
}
