import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { about, numberSet } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/query-timeout",
  title: "query_timeout takes the place of statement_timeout",
  severity: "warning",
  controls: ["T34", "pgbouncer/query-timeout"],
  docs: () => ({
    why: "PgBouncer cannot cancel a query: it closes the connection, the client sees its server vanish, and a new one has to be made. statement_timeout of PostgreSQL cancels the one query and says why.",
    fix: "Set statement_timeout on the server or for the roles, and query_timeout a few seconds above it, for the case that the network is lost.",
    leave: "Where statement_timeout is set for the roles, a little lower; the files do not show it.",
    see: [poolerDocs("query_timeout"), settingDocs("client", "statement_timeout")],
  }),
  *check({ pooler, conf }) {
    const seconds = pooler && numberSet(pooler, "query_timeout");
    if (!pooler || !seconds) return;
    const setting = conf?.known("statement_timeout");
    const onServer = typeof setting?.value === "number" ? setting.value / 1000 : undefined;
    if (onServer !== undefined && onServer > 0 && onServer < seconds) return;
    const place = setting && placeOf(setting);
    yield {
      ...about(pooler, "query_timeout"),
      ...(!onServer && { severity: "info", confidence: "medium" }),
      message: onServer
        ? `query_timeout = ${seconds} s closes the connection before statement_timeout, ${onServer} s, can cancel the query.`
        : `query_timeout = ${seconds} s closes connections; statement_timeout a little below it would cancel the query alone.`,
      ...(place && { related: [{ place, message: `${onServer} s` }] }),
    };
  },
});
