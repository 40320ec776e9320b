import type { Finding, Report } from "../engine/report.ts";

/** The findings of each file that was read, files without any as well. */
export function byFile({ files, findings }: Report): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>(files.map(({ path }) => [path, []]));
  for (const finding of findings) {
    const group = groups.get(finding.path);
    if (group) group.push(finding);
    else groups.set(finding.path, [finding]);
  }
  return groups;
}
