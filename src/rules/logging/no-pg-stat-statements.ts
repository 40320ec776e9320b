import { defineRule } from "../../engine/rule.ts";
import { absentFrom, related, written } from "../support/conf.ts";
import { preloadedIn } from "../support/logging.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "logging/no-pg-stat-statements",
  title: "pg_stat_statements is not loaded",
  severity: "info",
  controls: ["O01"],
  profiles: ["strict"],
  docs: () => ({
    why: "Which statements make up the load is the first question of all tuning, and only pg_stat_statements has the answer, the many fast ones included. It can only be loaded at a start, so it is never there when it is needed for the first time.",
    fix: "`shared_preload_libraries = 'pg_stat_statements'`, restart, `CREATE EXTENSION pg_stat_statements` in one database.",
    traps:
      "On Debian it comes with the server, on Red Hat with postgresql-contrib; without the package the server does not start. It costs a few MB of shared memory and about one per cent of CPU.",
    leave: "Where another tool counts statements, or on a machine that runs tests.",
    see: [pgDocs("pgstatstatements")],
  }),
  *check({ conf, target }) {
    const libraries = conf?.known("shared_preload_libraries");
    if (!conf?.whole || !libraries || PRELOAD_IT.has(target.platform)) return;
    if (preloadedIn(conf).some((library) => COUNTS_STATEMENTS.has(library))) return;
    const suggested = [libraries.base, "pg_stat_statements"].filter(Boolean).join(", ");
    const message = `shared_preload_libraries = '${libraries.base}' has no pg_stat_statements, so nobody can tell which statements make up the load.`;
    yield {
      place: absentFrom(conf),
      message,
      setting: "shared_preload_libraries",
      current: libraries.base,
      suggested: written(suggested),
      apply: "restart",
      related: related(libraries, "has no pg_stat_statements"),
    };
  },
});

const COUNTS_STATEMENTS = new Set([
  "pg_stat_statements",
  "pg_stat_monitor",
  "ext_stat_statements",
  "pgsentinel",
]);

/** They load it by default, or as soon as one of its settings is there. */
const PRELOAD_IT: ReadonlySet<string> = new Set(["rds", "azure", "cloudsql", "cnpg"]);
