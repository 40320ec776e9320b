import type { PoolerStartProblem } from "../../cluster/pooler-problems.ts";
import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/pooler-start",
  title: "PgBouncer reads the file, and then does not start",
  severity: "error",
  controls: [
    "T18",
    "pgbouncer/auth-cert",
    "pgbouncer/client-tls-files",
    "pgbouncer/keepalive",
    "pgbouncer/F-nowhere",
    "pgbouncer/F-pidfile",
  ],
  docs: () => ({
    why: "TLS, addresses and files are looked at only after the file was read. Client TLS needs a key and a certificate, verify-full and auth_type = cert need a CA file too; an address must resolve, a port must be free for ordinary users, and the kernel must take the keepalive times.",
    fix: "Give the missing setting, or correct the value.",
    traps:
      "Files themselves are looked for only where they are named relatively. A tcp_keepidle that the kernel refuses costs every TCP address; before 1.19 that was a warning, and nobody could connect.",
    see: [
      poolerDocs("tls-settings"),
      poolerDocs("generic-settings"),
      poolerDocs("low-level-network-settings"),
    ],
  }),
  *check({ problems }) {
    for (const { place, about, entry, server } of problems("pooler/start"))
      yield {
        place,
        message: `${entry ? `${entry.key} = ${entry.value}` : "This configuration"}: ${WHY[about](server.message)}.`,
        ...(entry && { setting: entry.key, current: entry.value }),
        server,
      };
  },
});

const WHY: Readonly<Record<PoolerStartProblem["about"], (message: string) => string>> = {
  tls: (message) => message.replace(/\.$/, ""),
  listen: (message) =>
    message === "nowhere to listen on"
      ? "neither TCP nor a Unix socket is left"
      : "PgBouncer cannot listen there",
  kernel: () => "the kernel refuses that, on every TCP connection",
  file: (message) => message,
};
