import type { Conf } from "../../cluster/conf.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { advise } from "../support/change-value.ts";
import { related, valuePlace } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/sample-without-effect",
  title: "a sample of statements that is never taken",
  severity: "warning",
  controls: ["P01"],
  versions: { postgres: ">=13" },
  docs: () => ({
    why: "log_statement_sample_rate thins out only what log_min_duration_sample selects. log_min_duration_statement knows no sampling: what reaches it is always logged. So a rate beside it alone does nothing, and a sample that begins above it is empty.",
    fix: "`log_min_duration_sample = 100ms`, `log_statement_sample_rate = 0.01`, and `log_min_duration_statement` above it, such as 1s.",
    leave: "Where roles or sessions set log_min_duration_sample for themselves.",
    see: [
      settingDocs("logging", "log_min_duration_sample"),
      settingDocs("logging", "log_statement_sample_rate"),
    ],
  }),
  *check({ conf }) {
    if (!conf) return;
    yield* rateAlone(conf);
    yield* aboveThreshold(conf);
  },
});

function* rateAlone(conf: Conf): Generator<Draft> {
  const rate = conf.known("log_statement_sample_rate");
  const sample = conf.known("log_min_duration_sample");
  if (!rate?.item || rate.value === 1 || sample?.value !== -1) return;
  const message = `log_statement_sample_rate = ${rate.base} samples nothing, as log_min_duration_sample is -1.`;
  yield {
    ...advise(conf, sample, "100ms", message),
    place: valuePlace(rate.item),
    related: related(sample, "turns sampling off"),
  };
}

function* aboveThreshold(conf: Conf): Generator<Draft> {
  const sample = conf.known("log_min_duration_sample");
  const threshold = conf.known("log_min_duration_statement");
  if (!sample?.item || !threshold || Number(threshold.value) < 0) return;
  if (Number(sample.value) < Number(threshold.value)) return;
  const message = `log_min_duration_sample = ${sample.base} ms samples nothing, as log_min_duration_statement = ${threshold.base} ms logs all of these statements.`;
  yield { ...advise(conf, sample, "100ms", message), related: related(threshold, "logs them all") };
}
