import { defineRule } from "../../engine/rule.ts";
import { placeOf, related } from "../support/conf.ts";
import { pgSource, settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

const PARTS = ["max_connections", "autovacuum_worker_slots", "max_worker_processes", "max_wal_senders"];
const MAX_BACKENDS = 262_143;
/** The autovacuum launcher and the slot synchronisation worker. */
const SPECIAL_WORKERS = 2;

export default defineRule({
  id: "server/too-many-processes",
  title: "more server processes than PostgreSQL can number",
  severity: "error",
  versions: { postgres: ">=18" },
  docs: () => ({
    why: "Connections, autovacuum workers, background workers and WAL senders share 18 bits of process numbers. From 18 on the server adds them up when it starts, and ends there if they are too many. Before, each setting was refused as it was read (server/invalid-value).",
    fix: "No host serves a quarter of a million processes: put a pooler in front, and set max_connections to what the host can work on.",
    see: [settingDocs("connection", "max_connections"), pgSource("utils/init/postinit.c")],
  }),
  *check({ conf }) {
    if (!conf || conf.version.major < 18) return;
    const parts = PARTS.map((name) => conf.known(name));
    const numbers = parts.map((part) => Number(part?.value ?? Number.NaN));
    const sum = numbers.reduce((total, number) => total + number, SPECIAL_WORKERS);
    const largest = parts.find((part) => part?.value === Math.max(...numbers));
    const place = largest && placeOf(largest);
    if (!(sum > MAX_BACKENDS) || !place) return;
    const list = PARTS.map((name, at) => `"${name}" (${numbers[at]})`);
    const detail = `${list.slice(0, -1).join(" plus ")} plus ${list.at(-1)} must be less than ${MAX_BACKENDS - 1}.`;
    yield {
      place,
      message: `${numbers.join(" + ")} processes are more than the ${MAX_BACKENDS - SPECIAL_WORKERS} that a server can have.`,
      setting: largest.setting.name,
      current: largest.base,
      apply: "restart",
      server: refusesStart("too many server processes configured", detail),
      related: parts.flatMap((part) => (part === largest ? [] : related(part, "counts too"))),
    };
  },
});
