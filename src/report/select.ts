import { TOOL } from "../api/tool.ts";
import type { Report } from "../engine/report.ts";

/** The report as far as it is about some of its files. */
export function onlyFiles(report: Report, paths: ReadonlySet<string>): Report {
  if (report.files.every(({ path }) => paths.has(path))) return report;
  return counted({
    ...report,
    files: report.files.filter(({ path }) => paths.has(path)),
    findings: report.findings.filter(({ path }) => paths.has(path)),
  });
}

/** Of no server at all, as where pgconflint.ini excludes every file that was named. */
const NOTHING: Report = {
  schema: 1,
  tool: TOOL,
  target: {},
  files: [],
  findings: [],
  suppressed: 0,
  summary: { error: 0, warning: 0, info: 0 },
};

/** One report of several servers; where their releases differ, the target names them all. */
export function mergeReports(reports: readonly Report[]): Report {
  const [first, ...others] = reports;
  if (!first) return NOTHING;
  if (others.length === 0) return first;
  const targets = new Targets();
  for (const { target } of reports) targets.add(target);
  return counted({
    ...first,
    target: targets.merged(),
    files: reports.flatMap(({ files }) => files),
    findings: reports.flatMap(({ findings }) => findings),
    suppressed: reports.reduce((sum, { suppressed }) => sum + suppressed, 0),
  });
}

type Target = Report["target"];
const SERVERS = ["postgres", "pgbouncer"] as const;

/** The targets of several servers, of which it keeps no more than is different. */
export class Targets {
  readonly #seen = {
    postgres: { version: new Set<string>(), from: new Set<string>() },
    pgbouncer: { version: new Set<string>(), from: new Set<string>() },
  };
  #common: { readonly facts: Target; readonly text: string } | undefined;

  add(target: Target): void {
    for (const server of SERVERS)
      for (const key of ["version", "from"] as const) {
        const word = target[server]?.[key];
        if (word !== undefined) this.#seen[server][key].add(word);
      }
    // Host and workload, where all servers have the same.
    const { host, workload } = target;
    const facts = { ...(host && { host }), ...(workload && { workload }) };
    const text = JSON.stringify(facts);
    this.#common ??= { facts, text };
    if (this.#common.text !== text) this.#common = { facts: {}, text: "" };
  }

  merged(): Target {
    const servers = SERVERS.filter((server) => this.#seen[server].version.size > 0).map((server) => {
      const { version, from } = this.#seen[server];
      return [server, { version: [...version].join(", "), from: [...from].join(", ") }];
    });
    return { ...Object.fromEntries(servers), ...this.#common?.facts };
  }
}

/** The report with its findings counted. */
export function counted(report: Report): Report {
  const summary = { error: 0, warning: 0, info: 0 };
  for (const { severity } of report.findings) summary[severity]++;
  return { ...report, summary };
}
