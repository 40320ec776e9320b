import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { databasesHere } from "../support/cross-backends.ts";
import { about, lineOf, number } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/query-timeout",
  title: "PgBouncer gives up on a query before the server does",
  severity: "warning",
  controls: ["T34"],
  docs: {
    why: "When query_timeout is over, PgBouncer drops the client and the server connection. The server does not notice while it is at work: the query runs on, with its locks, and a retry of the client adds another one. statement_timeout ends the query itself, and leaves the connection to the next.",
    fix: "Set statement_timeout a little below query_timeout, which is then for a network that fails.",
    traps: "query_timeout is in seconds, statement_timeout in milliseconds unless it has a unit.",
    leave: "Where ALTER ROLE or ALTER DATABASE sets statement_timeout for what comes by way of PgBouncer.",
    see: [poolerDocs("query_timeout"), settingDocs("client", "statement_timeout")],
  },
  *check(cluster) {
    const { conf, pooler } = cluster;
    const seconds = pooler && number(pooler, "query_timeout");
    const statement = conf?.known("statement_timeout");
    if (!pooler || !seconds || !statement || !lineOf(pooler, "query_timeout")) return;
    const { databases, confidence } = databasesHere(cluster);
    const server = Number(statement.value) / 1000;
    if (databases.length === 0 || (server > 0 && server < seconds)) return;
    yield {
      ...about(pooler, "query_timeout"),
      confidence: confidence === "low" ? "low" : "medium",
      message: `PgBouncer drops a query after ${seconds} s, and the server goes on with it ${server > 0 ? `until ${server} s` : "without a limit"} (statement_timeout).`,
      related: related(statement, "the server's limit"),
    };
  },
});
