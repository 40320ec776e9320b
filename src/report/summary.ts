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
  const facts = hostFacts(host ?? {});
  const targets = [
    postgres && `PostgreSQL ${postgres.version} (${fromWhere(postgres.from)})`,
    pgbouncer && `PgBouncer ${pgbouncer.version} (${fromWhere(pgbouncer.from)})`,
    facts && `host with ${facts}`,
    report.suppressed > 0 && `${report.suppressed} suppressed`,
  ].filter(Boolean);
  const looked = [count(checked.settings, "setting"), count(checked.rules, "rule"), ...targets].join(", ");
  return `${found}${kinds === "" ? "" : ` (${kinds})`} in ${count(report.files.length, "file")}: ${looked}\n`;
}
