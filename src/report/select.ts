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

/** One report of several servers; where their releases differ, the target names them all. */
export function mergeReports(reports: readonly Report[]): Report {
  const [first, ...others] = reports;
  if (!first) throw new RangeError("no report to merge");
  if (others.length === 0) return first;
  return counted({
    ...first,
    target: {
      ...mergeTargets(reports, "postgres"),
      ...mergeTargets(reports, "pgbouncer"),
      ...common(reports),
    },
    files: reports.flatMap(({ files }) => files),
    findings: reports.flatMap(({ findings }) => findings),
    suppressed: reports.reduce((sum, { suppressed }) => sum + suppressed, 0),
  });
}

function mergeTargets(reports: readonly Report[], server: "postgres" | "pgbouncer"): Report["target"] {
  const targets = reports.flatMap(({ target }) => target[server] ?? []);
  const all = (key: "version" | "from") => [...new Set(targets.map((target) => target[key]))].join(", ");
  return targets.length === 0 ? {} : { [server]: { version: all("version"), from: all("from") } };
}

/** Host and workload, where all servers have the same. */
function common(reports: readonly Report[]): Report["target"] {
  const all = reports.map(({ target: { host, workload } }) => ({
    ...(host && { host }),
    ...(workload && { workload }),
  }));
  const [first = {}, ...others] = all;
  return others.every((other) => JSON.stringify(other) === JSON.stringify(first)) ? first : {};
}

/** The report with its findings counted. */
export function counted(report: Report): Report {
  const summary = { error: 0, warning: 0, info: 0 };
  for (const { severity } of report.findings) summary[severity]++;
  return { ...report, summary };
}
