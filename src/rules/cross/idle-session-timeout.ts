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
      "The manual of PostgreSQL warns of it, as poolers do not expect it. A server_idle_timeout that is shorter makes it harmless in transaction mode.",
    leave: "Where ALTER ROLE or ALTER DATABASE sets it to 0 for what comes by way of PgBouncer.",
    see: [settingDocs("client", "idle_session_timeout"), poolerDocs("server_idle_timeout")],
  },
  *check(cluster) {
    const { conf, pooler } = cluster;
    const timeout = conf?.known("idle_session_timeout");
    const place = timeout && placeOf(timeout);
    const pooled = pooler && number(pooler, "server_idle_timeout");
    if (!pooler || !place || pooled === undefined) return;
    const seconds = Number(timeout.value) / 1000;
    const { databases, confidence } = databasesHere(cluster);
    if (seconds <= 0 || databases.length === 0 || (pooled > 0 && pooled < seconds)) return;
    const keeps = pooled === 0 ? "for ever" : `for ${pooled} s`;
    yield {
      place,
      ...(confidence === "low" && { confidence }),
      message: `The server ends sessions after idle_session_timeout = ${timeout.item?.entry.value}, and PgBouncer keeps idle connections ${keeps} (server_idle_timeout).`,
      setting: "idle_session_timeout",
      current: timeout.base,
      suggested: "0",
      apply: applyOf(timeout.setting),
      related: relatedTo(pooler, "server_idle_timeout", "how long PgBouncer keeps them"),
    };
  },
});
