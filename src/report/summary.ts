import type { Report } from "../engine/report.ts";
import { roughBytes } from "../host/bytes.ts";
import { FACTS, type Host } from "../host/facts.ts";
import { entryOf } from "../text/entry-of.ts";

const count = (number: number, what: string) => `${number} ${what}${number === 1 ? "" : "s"}`;

/** What matters most: "32GB (--memory), 8 CPUs and ssd (pgconflint.ini)". */
function hostFacts({ memory, share, cpus, disk, walDisk, container }: Host): string {
  const facts = [
    memory && { what: roughBytes(memory.value), from: memory.from },
    share && { what: `${FACTS.share.show(share.value)} of it for PostgreSQL`, from: share.from },
    cpus && { what: count(cpus.value, "CPU"), from: cpus.from },
    disk && { what: disk.value, from: disk.from },
    walDisk && { what: `${roughBytes(walDisk.value)} for pg_wal`, from: walDisk.from },
    container?.value && { what: "a container", from: container.from },
  ].filter((fact) => fact !== undefined && fact !== false);
  const origins = [...new Set(facts.map(({ from }) => from))];
  return origins
    .map((origin) => {
      const said = facts.filter(({ from }) => from === origin).map(({ what }) => what);
      return `${said.join(", ").replace(/, ([^,]*)$/, " and $1")} (${entryOf(FROM, origin) ?? origin})`;
    })
    .join(", ");
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
    .map((origin) => entryOf(FROM, origin) ?? `from ${origin}`)
    .join(", ");

/** What the last line tells of a run. */
export interface Totals extends Pick<Report, "target" | "suppressed" | "summary"> {
  readonly files: number;
  readonly findings: number;
  readonly fixable: number;
  /** With --fix=unsafe alone. */
  readonly unsafe: number;
}

export const totalsOf = ({ target, suppressed, summary, files, findings }: Report): Totals => ({
  target,
  suppressed,
  summary,
  files: files.length,
  findings: findings.length,
  fixable: findings.filter(({ fix }) => fix?.safe).length,
  unsafe: findings.filter(({ fix }) => fix?.safe === false).length,
});

interface Checked {
  readonly settings: number;
  readonly rules: number;
  /** Servers that could not be judged. */
  readonly notChecked?: number;
}

/** The last line for people: what was found, and what was looked at. */
export const summary = (report: Report, checked: Checked): string => lastLine(totalsOf(report), checked);

export function lastLine(totals: Totals, checked: Checked): string {
  const { error, warning, info } = totals.summary;
  const parts = [
    error && count(error, "error"),
    warning && count(warning, "warning"),
    info && `${info} info`,
  ].filter(Boolean);
  const { fixable } = totals;
  const { notChecked = 0 } = checked;
  const kinds = [parts.join(", "), fixable > 0 && `${fixable} fixable with --fix`].filter(Boolean).join("; ");
  const found = count(totals.findings, "finding");
  const { postgres, pgbouncer, host } = totals.target;
  const facts = hostFacts(host ?? {});
  const targets = [
    postgres && `PostgreSQL ${postgres.version} (${fromWhere(postgres.from)})`,
    pgbouncer && `PgBouncer ${pgbouncer.version} (${fromWhere(pgbouncer.from)})`,
    facts && `host with ${facts}`,
    totals.suppressed > 0 && `${totals.suppressed} suppressed`,
    notChecked > 0 && `${count(notChecked, "server")} not checked`,
  ].filter(Boolean);
  const looked = [count(checked.settings, "setting"), count(checked.rules, "rule"), ...targets].join(", ");
  return `${found}${kinds === "" ? "" : ` (${kinds})`} in ${count(totals.files, "file")}: ${looked}\n`;
}
