import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { advise, changeTo } from "../support/change-value.ts";
import { related } from "../support/conf.ts";
import { cycleInWords, cycleOf, everTruncates, ONE_DAY } from "../support/log-name.ts";
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
  docs: () => ({
    why: "Rotation only opens the file that log_filename names at that moment. Where that is the same file again, the server goes on at its end: it grows for years, mixes the weeks, and one day its disk is full.",
    fix: "Either a week that overwrites itself, `log_filename = 'postgresql-%a.log'`, `log_rotation_age = 1d`, `log_rotation_size = 0`, `log_truncate_on_rotation = on`; or names with a date, and a job that deletes the old ones.",
    traps:
      "The server truncates a file only when it rotates by time and the name is another than before: never with a fixed name, never by size, never at a start. With %a and an age of seven days it is always the same name.",
    leave:
      "Where logrotate or the like moves the files: with both limits 0, and `pg_ctl logrotate` afterwards.",
    see: [
      settingDocs("logging", "log_truncate_on_rotation"),
      settingDocs("logging", "log_filename"),
      pgSource("postmaster/syslogger.c"),
    ],
  }),
  *check(cluster) {
    const { conf } = cluster;
    if (!conf || !ownsLog(cluster) || !writesLogFiles(conf)) return;
    const filename = conf.known("log_filename");
    const age = conf.known("log_rotation_age");
    const size = conf.known("log_rotation_size");
    const truncate = conf.known("log_truncate_on_rotation");
    if (filename?.base && age && size && truncate) yield* judge(conf, { filename, age, size, truncate });
  },
});

function* judge(conf: Conf, rotation: Rotation): Generator<Draft> {
  const { filename, age, size } = rotation;
  const cycle = cycleOf(filename.base);
  if (age.value === 0 && size.value === 0) yield neverRotated(conf, rotation);
  else if (cycle === 0) {
    const message = `log_filename = ${filename.base} is the same at each rotation, so that one file grows without end unless something else moves it.`;
    yield { ...changeTo(conf, filename, "postgresql-%Y-%m-%d.log", message), confidence: "medium" };
  } else if (Number.isFinite(cycle)) yield* comesBack(conf, rotation, cycle);
}

function neverRotated(conf: Conf, { filename, age }: Rotation): Draft {
  const what = "log_rotation_age and log_rotation_size are 0, so that one file takes everything";
  if (cycleOf(filename.base) > 0) return changeTo(conf, age, "1d", `${what} from start to stop.`);
  // A fixed name without rotation is how logrotate wants it.
  const message = `${what}, unless something else moves it.`;
  return { ...advise(conf, age, "1d", message), severity: "info", confidence: "low" };
}

function* comesBack(conf: Conf, { filename, age, truncate }: Rotation, cycle: number): Generator<Draft> {
  const byAge = everTruncates(cycle, Number(age.value));
  if (byAge && truncate.value === true) return;
  const name = `log_filename = ${filename.base} comes back after ${cycleInWords(cycle)}`;
  const [setting, suggested] = truncate.value === true ? [age, ageFor(cycle)] : [truncate, "on"];
  const message =
    truncate.value === true
      ? `${name}, and rotation ${age.value === 0 ? "by size only" : "after a whole cycle"} never truncates: the files only grow.`
      : `${name}, and log_truncate_on_rotation = off then appends to the old file.`;
  // What keeps the files from being truncated twice over is not mended with one edit.
  const one = byAge || (truncate.value === true && cycle >= ONE_DAY);
  yield {
    ...(one ? changeTo : advise)(conf, setting, suggested, message),
    related: related(setting.item ? filename : undefined, "is a name that comes back"),
  };
}

/** So that the next file has another name. */
const ageFor = (cycle: number) => (cycle > ONE_DAY ? "1d" : "1h");
