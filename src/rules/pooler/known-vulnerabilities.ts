import { isSince, poolerVersionText } from "../../catalog/pooler-version.ts";
import type { Pooler } from "../../cluster/pooler.ts";
import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { known, topOf, word } from "../support/pooler-settings.ts";

interface Vulnerability {
  readonly id: string;
  /** The first release that has it; absent = all before the fix. */
  readonly since?: string;
  readonly fixedIn: string;
  readonly what: string;
  /** Only with such a configuration; absent = with any. */
  readonly concerns?: (pooler: Pooler) => boolean;
}

const asksDatabase = (pooler: Pooler) =>
  Boolean(known(pooler, "auth_user")) || databasesOf(pooler).some(({ authUser }) => authUser !== null);

/** From the project's changelog and its CVE records. */
const VULNERABILITIES: readonly Vulnerability[] = [
  {
    id: "CVE-2021-3935",
    fixedIn: "1.16.1",
    what: "queries injected despite client certificates",
    concerns: (pooler) => ["cert", "hba"].includes(word(pooler, "auth_type") ?? ""),
  },
  { id: "CVE-2025-2291", fixedIn: "1.24.1", what: "logins with expired passwords", concerns: asksDatabase },
  { id: "CVE-2026-6664", fixedIn: "1.25.2", what: "a crash before login" },
  { id: "CVE-2026-6665", fixedIn: "1.25.2", what: "a stack overflow by a hostile server" },
  { id: "CVE-2026-6666", fixedIn: "1.25.2", what: "a crash by a hostile server" },
  {
    id: "CVE-2026-6667",
    since: "1.24.0",
    fixedIn: "1.25.2",
    what: "KILL_CLIENT by stats_users",
    concerns: (pooler) => Boolean(known(pooler, "stats_users")),
  },
];

export default defineRule({
  id: "pooler/known-vulnerabilities",
  title: "this release of PgBouncer has known vulnerabilities",
  severity: "warning",
  controls: ["T46", "pgbouncer/known-cves"],
  docs: () => ({
    why: "Before 1.25.2 a client that has not logged in can crash PgBouncer, and all databases behind it are out of reach.",
    fix: "Upgrade to 1.25.2 or later; clients are disconnected once.",
    traps:
      "Distributions fix old releases without changing their number: look into the package's changelog before you worry. A release named without its last number counts as the newest of its series. Only what concerns this configuration is listed.",
    leave: "Where your package has the fixes.",
    see: ["https://www.pgbouncer.org/changelog.html", "https://www.cve.org/CVERecord?id=CVE-2026-6664"],
  }),
  *check({ pooler, target }) {
    if (!pooler || target.pgbouncerFrom === "default") return;
    const open = VULNERABILITIES.filter(
      ({ since = "1.0", fixedIn, concerns = () => true }) =>
        isSince(pooler.version, since) && !isSince(pooler.version, fixedIn) && concerns(pooler),
    );
    const last = open.at(-1);
    if (!last) return;
    const list = open.map(({ id, what }) => `${id} (${what})`).join(", ");
    yield {
      place: topOf(pooler),
      confidence: "medium",
      message: `PgBouncer ${poolerVersionText(pooler.version)} has ${list}, unless your package mends ${open.length > 1 ? "them" : "it"}; ${last.fixedIn} has the fix${open.length > 1 ? "es" : ""}.`,
    };
  },
});
