import { defineRule } from "../../engine/rule.ts";
import { SESSIONS_PER_CPU } from "../../sizing/connections.ts";
import { clamp } from "../../sizing/round.ts";
import { sessionsOf } from "../support/sessions.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const FEW = 200;
const MANY = 1000;

export default defineRule({
  id: "connections/max-connections",
  title: "more connections than the CPUs can serve",
  severity: "info",
  controls: ["L01", "STIG V-233522"],
  docs: () => ({
    why: "A CPU works on one query at a time. When hundreds more are let in than there are CPUs, they take turns, wait for each other's locks, and every snapshot has to look at all of them: the busier the server, the less it gets done. Each connection is also a process with memory of its own.",
    fix: "Put PgBouncer in front with pools of a few server connections per CPU, and lower max_connections to their sum and some for administration.",
    traps:
      "A standby must not have fewer than its primary had: lower the primary first, then the standbys. 14 and later take snapshots much faster, but the CPUs are not more.",
    leave:
      "Leave it where most connections are idle and memory is plenty; a pooler in front that bounds its pools is taken into account when its pgbouncer.ini is given along.",
    see: [
      settingDocs("connection", "max_connections"),
      "https://wiki.postgresql.org/wiki/Number_Of_Database_Connections",
    ],
  }),
  *check(cluster) {
    const { conf, host, pooler } = cluster;
    const limit = conf?.known("max_connections");
    const sessions = sessionsOf(cluster);
    if (!conf || !limit?.item || !sessions || sessions.count < Number(limit.value)) return;
    const cpus = host.cpus?.value;
    const enough = cpus === undefined ? MANY : Math.max(FEW, SESSIONS_PER_CPU * cpus);
    if (sessions.count <= enough) return;
    const much =
      cpus === undefined
        ? "more than most hosts can work for"
        : `${Math.round(sessions.count / cpus)} for each of ${cpus} CPUs`;
    const advice = pooler
      ? "bound the pools in pgbouncer.ini and lower it"
      : "a pooler in front serves as many clients with far fewer";
    yield {
      ...draftAbout(
        conf,
        limit,
        `max_connections = ${sessions.count} is ${much}; ${advice}.`,
        cpus === undefined ? undefined : String(clamp(SESSIONS_PER_CPU * Math.ceil(cpus), 100, 500)),
      ),
      ...(sessions.count > 2 * enough && { severity: "warning" as const }),
      ...(cpus === undefined && { confidence: "medium" as const }),
    };
  },
});
