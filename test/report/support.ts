import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { lintFiles } from "../../src/api/lint-files.ts";
import { overviewOf } from "../../src/api/overview.ts";
import type { Report } from "../../src/engine/report.ts";
import { azure } from "../../src/report/azure.ts";
import { checkstyle } from "../../src/report/checkstyle.ts";
import { compact } from "../../src/report/compact.ts";
import { fleet } from "../../src/report/fleet.ts";
import type { Extras, Format } from "../../src/report/format.ts";
import { github } from "../../src/report/github.ts";
import { gitlab } from "../../src/report/gitlab.ts";
import { html } from "../../src/report/html.ts";
import { json } from "../../src/report/json.ts";
import { judgedLine } from "../../src/report/json-lines.ts";
import { junit } from "../../src/report/junit.ts";
import { markdown } from "../../src/report/markdown.ts";
import { pretty } from "../../src/report/pretty.ts";
import { sarif } from "../../src/report/sarif.ts";
import { counted } from "../../src/report/select.ts";
import { Tally } from "../../src/report/tally.ts";
import { rules } from "../../src/rules/index.ts";
import { fileSet } from "../../src/text/files.ts";
import { lineMap } from "../../src/text/lines.ts";
import type { FileInput } from "../../src/text/source.ts";
import { root } from "../support/fixtures.ts";

/** Every format of `check` by its name. */
export const FORMATS: Readonly<Record<string, Format>> = {
  pretty: (report, { line }) => pretty(report, { unicode: true, line }),
  summary: (report, { settings }) => {
    const tally = new Tally();
    tally.add("server", report, settings);
    return fleet(tally.result(), { unicode: true });
  },
  compact,
  json,
  "json-lines": (report) => judgedLine("server", report),
  sarif,
  github,
  azure,
  gitlab,
  junit,
  checkstyle,
  markdown,
  html,
};

export interface Linted {
  readonly report: Report;
  readonly extras: Extras;
}

/** The report about some files, with all that a format may want besides. */
export function linted(files: readonly FileInput[]): Linted {
  const set = fileSet(files);
  const { report, cluster, checked } = lintFiles(set, {
    rulebook: { rules, ids: rules.map(({ id }) => id) },
  });
  const line = (path: string, number: number) => {
    const source = set.read(path);
    if (typeof source === "string") return undefined;
    const { start, end } = lineMap(source).spanOfLine(number);
    return source.text.slice(start, end);
  };
  return {
    report,
    extras: {
      line,
      rules,
      settings: checked.settings,
      fails: (severity) => severity === "error",
      overviews: [overviewOf(cluster)],
    },
  };
}

/** The same with what the server itself says, and no more: rules that come later leave the report alone. */
export function byServer(files: readonly FileInput[]): Linted {
  const { report, extras } = linted(files);
  const findings = report.findings.filter(({ rule }) => rule.startsWith("server/"));
  const tool = { name: "pgconflint", version: "0.0.0" } as const;
  return {
    report: counted({ ...report, tool, findings }),
    extras: { ...extras, rules: rules.filter(({ id }) => findings.some(({ rule }) => rule === id)) },
  };
}

export function sample(): Linted {
  const folder = join(root, "fixtures/reports/server");
  const main = ["postgresql.conf", "pg_hba.conf", "pgbouncer.ini", "userlist.txt"];
  const others = readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((path) => !main.includes(path) && statSync(join(folder, path)).isFile())
    .sort();
  return byServer(
    [...main, ...others].map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") })),
  );
}
