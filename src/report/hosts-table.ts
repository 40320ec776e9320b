import type { Report } from "../engine/report.ts";
import { SEVERITIES } from "../engine/rule.ts";
import { shorten } from "../text/shorten.ts";
import { printable } from "./printable.ts";
import { table } from "./table.ts";
import { plural } from "./verdict.ts";

/** One line for each directory at the top, such as that of a host, the worst first. */
export function hostsTable(report: Report): string {
  const hosts = new Map(report.files.map(({ path }) => [topOf(path), new Counts()]));
  for (const finding of report.findings) {
    const counts = hosts.get(topOf(finding.path)) ?? new Counts();
    hosts.set(topOf(finding.path), counts);
    counts.add(finding);
  }
  const rows = [...hosts].sort(([one, its], [other, others]) => {
    for (const severity of SEVERITIES)
      if (its[severity] !== others[severity]) return others[severity] - its[severity];
    return one < other ? -1 : 1;
  });
  const head = ["HOST", "ERRORS", "WARNINGS", "INFO", "WORST"];
  const cells = rows.map(([host, counts]) => [
    printable(host),
    ...SEVERITIES.map((severity) => `${counts[severity]}`),
    printable(shorten(counts.worst, 60)),
  ]);
  const { error, warning, info } = report.summary;
  const sum = `${plural(error, "error")}, ${plural(warning, "warning")}, ${info} info on ${plural(rows.length, "host")}`;
  return `${table([head, ...cells])}\n${sum}\n`;
}

const topOf = (path: string) => /^(?:\.\/)*([^/]+)\//.exec(path)?.[1] ?? path;

class Counts {
  error = 0;
  warning = 0;
  info = 0;
  /** Its first finding of the worst kind. */
  worst = "";
  #severity: number = SEVERITIES.length;

  add({ severity, rule, setting }: Report["findings"][number]): void {
    this[severity]++;
    const rank = SEVERITIES.indexOf(severity);
    if (rank >= this.#severity) return;
    this.#severity = rank;
    this.worst = setting === undefined ? rule : `${rule}: ${setting}`;
  }
}
