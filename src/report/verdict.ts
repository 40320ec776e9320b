import type { Finding, Report } from "../engine/report.ts";

const POOLER_FILES = new Set(["pgbouncer.ini", "userlist.txt"]);

/** Which servers do not start, for sure: what they refuse only under some circumstance is no error. */
function serversDown({ files, findings }: Report): string[] {
  const kinds = new Map(files.map(({ path, kind }) => [path, kind]));
  const down = findings
    .filter(
      ({ server, severity }) =>
        severity === "error" && server?.effect === "refuses" && server.when !== "login",
    )
    .map(({ path }) => (POOLER_FILES.has(kinds.get(path) ?? "") ? "PgBouncer" : "PostgreSQL"));
  return [...new Set(down)].sort().reverse();
}

/** The whole report in one sentence. */
export function verdict(report: Report): string {
  const down = serversDown(report);
  if (down.length === 2) return "PostgreSQL and PgBouncer do not start with these files";
  if (down.length === 1) return `${down[0]} does not start with these files`;
  const { error, warning, info } = report.summary;
  if (error > 0) return "These files start, but hold errors";
  if (warning > 0) return "These files work, with warnings";
  return info > 0 ? "These files work, with a remark" : "Nothing to complain about";
}

/** How much there is, and how much of it is a matter of writing the line that stands with it. */
export function lead({ files, findings, target }: Report): string {
  const judged = [
    target.postgres && `PostgreSQL ${target.postgres.version}`,
    target.pgbouncer && `PgBouncer ${target.pgbouncer.version}`,
  ].filter((name) => name !== undefined);
  const read = `${plural(files.length, "file")} read as ${judged.join(" and ") || "configuration"} would read ${files.length === 1 ? "it" : "them"}.`;
  const answered = findings.filter(hasAnswer).length;
  if (findings.length === 0 || answered === 0) return read;
  const all = answered === findings.length;
  return `${read} ${all ? "Every finding" : `${answered} of ${plural(findings.length, "finding")}`} ${all || answered === 1 ? "comes" : "come"} with what to write instead.`;
}

const hasAnswer = ({ suggested, fix }: Finding) => suggested !== undefined || fix !== undefined;

export const plural = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
