import type { Report } from "../engine/report.ts";

/** The report with other names for its files. */
export function renamed(report: Report, name: (path: string) => string): Report {
  const named = <Place extends { readonly path: string }>(place: Place): Place => ({
    ...place,
    path: name(place.path),
  });
  return {
    ...report,
    files: report.files.map(named),
    findings: report.findings.map((finding) => ({
      ...named(finding),
      ...(finding.related && { related: finding.related.map(named) }),
      ...(finding.fix && { fix: { ...finding.fix, edits: finding.fix.edits.map(named) } }),
    })),
  };
}
