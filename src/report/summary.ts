import type { Report } from "../engine/report.ts";
import { roughBytes } from "../host/bytes.ts";
import type { Host } from "../host/facts.ts";

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;

/** "host with 32GB (--memory), 8 CPUs and ssd (pgconflint.ini)" */
function hostFacts({ memory, cpus, disk }: Host): string {
  const facts = [
    memory && { what: roughBytes(memory.value), from: memory.from },
    cpus && { what: count(cpus.value, "CPU"), from: cpus.from },
    disk && { what: disk.value, from: disk.from },
  ].filter((fact) => fact !== undefined);
  return `host with ${facts.map(({ what, from }) => `${what} (${FROM[from] ?? from})`).join(", ")}`;
}

const FROM: Readonly<Record<string, string>> = {
  default: "the newest, as nothing says otherwise",
  comment: "from a comment in the file",
  path: "from the path",
};

/** Who says so, in words. */
export const fromWhere = (origins: string): string =>
  origins
    .split(", ")
    .map((origin) => FROM[origin] ?? `from ${origin}`)
    .join(", ");

/** The last line for people: what was found, and what was looked at. */
export function summary(
  report: Report,
  checked: { readonly settings: number; readonly rules: number },
): string {
  const { error, warning, info } = report.summary;
  const parts = [
    error && count(error, "error"),
    warning && count(warning, "warning"),
    info && `${info} info`,
  ].filter(Boolean);
  const fixable = report.findings.filter(({ fix }) => fix?.safe).length;
  const kinds = [parts.join(", "), fixable > 0 && `${fixable} fixable with --fix`].filter(Boolean).join("; ");
  const found = count(report.findings.length, "finding");
  const { postgres, pgbouncer, host } = report.target;
  const targets = [
    postgres && `PostgreSQL ${postgres.version} (${fromWhere(postgres.from)})`,
    pgbouncer && `PgBouncer ${pgbouncer.version} (${fromWhere(pgbouncer.from)})`,
    host && hostFacts(host),
    report.suppressed > 0 && `${report.suppressed} suppressed`,
  ].filter(Boolean);
  const looked = [count(checked.settings, "setting"), count(checked.rules, "rule"), ...targets].join(", ");
  return `${found}${kinds === "" ? "" : ` (${kinds})`} in ${count(report.files.length, "file")}: ${looked}\n`;
}
