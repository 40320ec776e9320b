import { nearestName } from "../../catalog/nearest.ts";
import { poolerNames, poolerSince } from "../../catalog/pgbouncer.ts";
import type { PoolerConnectProblem } from "../../cluster/pooler-problems.ts";
import { defineRule } from "../../engine/rule.ts";
import { poolerName, withoutComment } from "../support/pooler.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/pooler-connect-string",
  title: "a connection string of [databases], [users] or [peers] that PgBouncer does not take",
  severity: "error",
  controls: ["T40", "pgbouncer/connstr-unknown-key", "pgbouncer/inline-comment"],
  docs: () => ({
    why: "Behind the name stand key=value pairs, parted by single spaces. An unknown key, an empty value or a word without = and PgBouncer does not start. The entry `*` is not even looked at before a client names an unknown database; then that client is turned away.",
    fix: "Write pairs such as `host=10.0.0.5 port=5432 dbname=shop`, with single quotes round a value that has spaces.",
    traps:
      "These are not libpq's keys: sslmode is the global server_tls_sslmode, and URLs are not known. A comment cannot stand behind them. `host= port=5432` makes `port=5432` the host.",
    see: [poolerDocs("section-databases"), poolerDocs("section-users"), poolerDocs("section-peers")],
  }),
  *check({ problems, target: { pgbouncer } }) {
    for (const problem of problems("pooler/connect-string")) {
      const { place, server, pair, reason, section } = problem;
      const near =
        reason === "unknown-key" && pair ? nearestName(pair.key, poolerNames(pgbouncer, section)) : undefined;
      yield {
        place,
        message: says(problem, poolerName(pgbouncer), near),
        server,
        ...(pair && { current: pair.key === "password" ? pair.key : `${pair.key}=${pair.value}` }),
        ...(near !== undefined && { suggested: near }),
      };
    }
  },
});

function says(
  { reason, pair, entry, section }: PoolerConnectProblem,
  name: string,
  near: string | undefined,
): string {
  const since = pair && poolerSince(section, pair.key);
  if (reason === "port") return `port=${pair?.value} of ${entry.key} is no port.`;
  if (reason === "word") return `${pair?.key} of ${entry.key} has no word ${pair?.value}.`;
  if (reason === "host-missing") return `Peer ${entry.key} needs a host.`;
  if (reason === "unknown-key") {
    if (since) return `${pair.key} came with PgBouncer ${since}; ${name} does not know it in [${section}].`;
    const advice =
      pair?.key === "sslmode"
        ? "; server_tls_sslmode in [pgbouncer] is for all."
        : near
          ? `; did you mean ${near}?`
          : ".";
    return `${name} has no ${pair?.key.startsWith("postgres") ? "URLs" : pair?.key} in [${section}]${advice}`;
  }
  if (withoutComment(entry.value) !== undefined)
    return `A comment cannot stand behind the entry ${entry.key}.`;
  return `The entry ${entry.key} is not made of key=value pairs parted by spaces.`;
}
