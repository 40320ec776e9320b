import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { placeOf, related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "timeouts/never-reached",
  title: "a timeout behind a shorter one",
  severity: "info",
  controls: ["N02", "N03", "N04"],
  docs: () => ({
    why: "Waiting for a lock counts as running the statement, and running statements counts as the transaction: of two such limits only the shorter one ever fires. Where lock_timeout comes before deadlock_timeout, a deadlock is never recognised as one: both sides give up, the log says neither why nor against whom, and log_lock_waits stays silent.",
    fix: "From short to long: deadlock_timeout, lock_timeout, statement_timeout, transaction_timeout.",
    leave: "Where roles have values of their own that put them in order.",
    see: [
      settingDocs("client", "lock_timeout"),
      settingDocs("client", "transaction_timeout"),
      settingDocs("locks", "deadlock_timeout"),
    ],
  }),
  *check({ conf }) {
    if (!conf) return;
    for (const [first, second, effect] of ORDER) yield* inOrder(conf, first, second, effect);
  },
});

/** The first ends what the second would end; where both are the same, the deadlock check still comes first. */
const ORDER = [
  ["statement_timeout", "lock_timeout", "cancels a waiting statement first"],
  ["transaction_timeout", "statement_timeout", "ends the transaction first"],
  ["transaction_timeout", "idle_in_transaction_session_timeout", "ends the transaction first"],
  ["lock_timeout", "deadlock_timeout", "ends a wait before anybody looks for a deadlock"],
] as const;

function* inOrder(conf: Conf, first: string, second: string, effect: string): Generator<Draft> {
  const shorter = conf.known(first);
  const longer = conf.known(second);
  if (!shorter || !longer || !(Number(shorter.value) > 0)) return;
  const difference = Number(longer.value) - Number(shorter.value);
  if (difference < 0 || (difference === 0 && second === "deadlock_timeout")) return;
  const place = placeOf(longer) ?? placeOf(shorter);
  if (!place) return;
  yield {
    place,
    message: `${asWritten(longer)} is never reached: ${asWritten(shorter)} ${effect}.`,
    setting: second,
    current: longer.base,
    apply: "reload",
    confidence: "medium",
    related: related(longer.item ? shorter : undefined, "is shorter"),
  };
}

const asWritten = ({ setting, item, base }: EffectiveSetting) =>
  `${setting.name} = ${item?.entry.value ?? `${base}${setting.unit ?? ""}`}`;
