import type { EffectiveSetting } from "../../cluster/conf.ts";
import type { Pooler } from "../../cluster/pooler.ts";
import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "timeouts/idle-session-pooler",
  title: "idle_session_timeout closes the connections of the pooler",
  severity: "warning",
  controls: ["N05", "U19"],
  versions: { postgres: ">=14" },
  docs: () => ({
    why: "The connections that a pooler keeps are idle sessions to the server, which closes them behind its back. PgBouncer then opens new ones, whose cost the pool was to save; with pool_mode = session the client at the other end is cut off as well, and a query that comes at that moment fails.",
    fix: "`idle_session_timeout = 0` for the pooler's roles (ALTER ROLE … SET), and let server_idle_timeout of PgBouncer close what is not used.",
    traps:
      "A server_idle_timeout below idle_session_timeout is fine with pools per transaction, as PgBouncer is then the first to close, except for the min_pool_size connections that it keeps.",
    leave: "Where the role of the pooler has a value of its own.",
    see: [
      settingDocs("client", "idle_session_timeout"),
      poolerDocs("server_idle_timeout"),
      poolerDocs("min_pool_size"),
    ],
  }),
  *check({ conf, pooler }) {
    const timeout = conf?.known("idle_session_timeout");
    const because = timeout && pooler && reason(timeout, pooler);
    if (!conf || !because) return;
    const other = pooler.settings.get(because.setting);
    const place = other && { source: other.source, span: other.entry.valueSpan };
    yield {
      ...changeTo(conf, timeout, "0", because.message),
      confidence: "medium",
      ...(place && { related: [{ place, message: "keeps connections for longer" }] }),
    };
  },
});

function reason({ value, item }: EffectiveSetting, pooler: Pooler) {
  const limit = Number(value) / 1000;
  if (limit <= 0) return undefined;
  const what = `idle_session_timeout = ${item?.entry.value ?? value} closes connections that PgBouncer keeps`;
  const because = (setting: string, message: string) => ({ setting, message: `${what} ${message}.` });
  if (pooler.text("pool_mode").toLowerCase() === "session")
    return because("pool_mode", "for its clients, which pool_mode = session then cuts off");
  const kept = Number(pooler.text("min_pool_size"));
  if (kept > 0) return because("min_pool_size", `open, min_pool_size = ${kept} of them`);
  const idle = Number(pooler.text("server_idle_timeout"));
  if (idle === 0) return because("server_idle_timeout", "for ever, with server_idle_timeout = 0");
  return idle < limit
    ? undefined
    : because("server_idle_timeout", `for server_idle_timeout = ${idle} seconds`);
}
