import { defineRule } from "../../engine/rule.ts";
import { about, number, numberSet, relatedTo } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/login-timeouts",
  title: "login timeouts that work against each other",
  severity: "warning",
  controls: ["pgbouncer/login-retry", "pgbouncer/connect-timeout"],
  docs: () => ({
    why: "With client_login_timeout = 0 who never sends a password keeps a place of max_client_conn: a port scanner can fill it. Where it is not above server_connect_timeout, a client that must wait for the first server connection is cut off before PgBouncer knows that the server is down.",
    fix: "Write client_login_timeout = 60 and server_connect_timeout = 15, the defaults.",
    leave: "Never for 0; for the order, where clients retry fast anyway.",
    see: [poolerDocs("client_login_timeout"), poolerDocs("server_connect_timeout")],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    const retry = numberSet(pooler, "server_login_retry");
    if (retry && retry > 60)
      yield {
        ...about(pooler, "server_login_retry", "15"),
        severity: "info",
        message: `server_login_retry = ${retry} s: after one failed login, as in a short restart of the server, clients get errors for so long.`,
      };
    const client = number(pooler, "client_login_timeout");
    const server = number(pooler, "server_connect_timeout");
    if (client === 0)
      yield {
        ...about(pooler, "client_login_timeout", "60"),
        message: "client_login_timeout = 0 lets who never logs in keep a place of max_client_conn for ever.",
      };
    if (!client || !server || server < client) return;
    const name =
      numberSet(pooler, "server_connect_timeout") === undefined
        ? "client_login_timeout"
        : "server_connect_timeout";
    yield {
      ...about(pooler, name),
      severity: "info",
      message: `server_connect_timeout is ${server} s and client_login_timeout ${client} s: clients are cut off before PgBouncer gives the server up.`,
      related:
        name === "server_connect_timeout" ? relatedTo(pooler, "client_login_timeout", "the shorter one") : [],
    };
  },
});
