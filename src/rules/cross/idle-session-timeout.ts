import type { Pooler } from "../../cluster/pooler.ts";
import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf } from "../support/conf.ts";
import { databasesHere } from "../support/cross-backends.ts";
import { number, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/idle-session-timeout",
  title: "the server ends idle sessions that PgBouncer keeps for later",
  severity: "warning",
  controls: ["U18", "U19"],
  versions: { postgres: ">=14" },
  docs: {
    why: "Idle connections are what a pool consists of. The server ends them after idle_session_timeout; PgBouncer notices when it happens, opens new ones, and fills its log. In session mode the client at the other end is cut off with them, and a query that is sent in that moment fails.",
    fix: "Set idle_session_timeout = 0 and leave it to PgBouncer, whose server_idle_timeout closes what nobody uses. Or set it for the roles that come directly: ALTER ROLE … SET idle_session_timeout.",
    traps:
      "The manual of PostgreSQL warns of it, as poolers do not expect it. Where PgBouncer's server_idle_timeout or server_lifetime is shorter, it does no harm.",
    leave: "Where ALTER ROLE or ALTER DATABASE sets it to 0 for what comes by way of PgBouncer.",
    see: [settingDocs("client", "idle_session_timeout"), poolerDocs("server_idle_timeout")],
  },
  *check(cluster) {
    const { conf, pooler } = cluster;
    const timeout = conf?.known("idle_session_timeout");
    const place = timeout && placeOf(timeout);
    const keeps = pooler && keptFor(pooler);
    if (!pooler || !place || !keeps) return;
    const seconds = Number(timeout.value) / 1000;
    const { databases, confidence } = databasesHere(cluster);
    if (seconds <= 0 || databases.length === 0 || keeps.seconds < seconds) return;
    yield {
      place,
      ...(confidence === "low" && { confidence }),
      message: `The server ends sessions after idle_session_timeout = ${timeout.item?.entry.value}, and PgBouncer keeps idle connections for ${keeps.seconds} s (${keeps.by}).`,
      setting: "idle_session_timeout",
      current: timeout.base,
      suggested: "0",
      apply: applyOf(timeout.setting),
      related: relatedTo(pooler, keeps.by, "how long PgBouncer keeps them"),
    };
  },
});

/** How long a connection may lie idle in a pool; undefined where that is not at all, or not to be told. */
function keptFor(pooler: Pooler): { readonly seconds: number; readonly by: string } | undefined {
  const idle = number(pooler, "server_idle_timeout");
  const life = number(pooler, "server_lifetime");
  if (idle === undefined || !life) return undefined;
  return idle > 0 && idle < life
    ? { seconds: idle, by: "server_idle_timeout" }
    : { seconds: life, by: "server_lifetime" };
}
