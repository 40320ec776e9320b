import type { Finding, Report } from "../engine/report.ts";

/** A report as if its files were below a directory; what stands at the root of a host is then below the host's name. */
export function below(directory: string, report: Report): Report {
  const moved = <Item extends { readonly path: string }>(item: Item): Item => ({
    ...item,
    path: `${directory}/${item.path.replace(/^(?:\.?\/)+/, "")}`,
  });
  return {
    ...report,
    files: report.files.map(moved),
    findings: report.findings.map((finding): Finding => {
      const { related, fix } = finding;
      return {
        ...moved(finding),
        ...(related && { related: related.map(moved) }),
        ...(fix && { fix: { ...fix, edits: fix.edits.map(moved) } }),
      };
    }),
  };
}
