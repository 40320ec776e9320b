import type { Conf } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { changeTo, isBare } from "../support/change-value.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/every-statement",
  title: "a threshold that logs nearly every statement",
  severity: "warning",
  controls: ["P01"],
  docs: () => ({
    why: "With a threshold of zero or a few milliseconds the log takes every statement: it fills its disk, sessions wait for the pipe to the collector, and the slow statements that it was meant for are one line in ten thousand.",
    fix: "A second or so, `log_min_duration_statement = 1s`; for a picture of the fast ones a sample, `log_min_duration_sample = 100ms` with `log_statement_sample_rate = 0.01` (13 and later), or pg_stat_statements.",
    traps:
      "0 does not turn it off, -1 does. log_statement_sample_rate is 1.0 unless set, so that log_min_duration_sample alone samples everything.",
    leave: "For a day of measuring with pgBadger, or where the load is light.",
    see: [
      settingDocs("logging", "log_min_duration_statement"),
      settingDocs("logging", "log_min_duration_sample"),
      settingDocs("logging", "log_transaction_sample_rate"),
    ],
  }),
  *check({ conf }) {
    if (!conf) return;
    yield* fromDuration(conf);
    yield* fromSample(conf);
    const transactions = conf.known("log_transaction_sample_rate");
    if (transactions?.value === 1) {
      const message = "log_transaction_sample_rate = 1 logs every statement of every transaction.";
      yield changeTo(conf, transactions, "0", message);
    }
  },
});

/** What a person writes with a unit, and still logs nearly everything. */
const FEW_MS = 10;

const nearlyAll = (ms: unknown): ms is number => typeof ms === "number" && ms >= 0 && ms <= FEW_MS;

function* fromDuration(conf: Conf) {
  const threshold = conf.known("log_min_duration_statement");
  if (!threshold || !nearlyAll(threshold.value)) return;
  const { value } = threshold;
  // A bare 5 was meant as seconds: logging/duration-unit.
  if (value > 0 && isBare(threshold)) return;
  const what = value === 0 ? "every statement" : `every statement from ${value} ms on`;
  yield changeTo(conf, threshold, "1s", `log_min_duration_statement = ${threshold.base} logs ${what}.`);
}

function* fromSample(conf: Conf) {
  const threshold = conf.known("log_min_duration_sample");
  const rate = conf.known("log_statement_sample_rate");
  if (!threshold || rate?.value !== 1 || !nearlyAll(threshold.value)) return;
  if (threshold.value > 0 && isBare(threshold)) return;
  const message = `log_min_duration_sample = ${threshold.base} with log_statement_sample_rate = 1 is no sample: every statement is logged.`;
  yield {
    ...changeTo(conf, threshold, "100ms", message),
    related: related(rate, "takes all of them"),
  };
}
