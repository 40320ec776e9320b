import type { Finding } from "../engine/report.ts";
import { sentences } from "./advice.ts";
import { cleanLines } from "./clean-lines.ts";
import { fingerprints } from "./fingerprint.ts";
import type { Format } from "./format.ts";
import { jsonText } from "./json-text.ts";

/** GitLab's Code Quality report; by the fingerprint it tells what is new in a merge request. */
export const gitlab: Format = (report, { line }) => {
  const prints = fingerprints(report, cleanLines(report, line));
  const issues = report.findings.map((finding) => ({
    description: sentences(finding).join(" "),
    check_name: finding.rule,
    fingerprint: prints.get(finding),
    severity: severityOf(finding),
    location: {
      path: finding.path.replace(/^(?:\.\/)+/, ""),
      lines: { begin: finding.line, end: finding.endLine },
    },
  }));
  return jsonText(issues);
};

/** GitLab has five words; the worst is for what keeps the server down. */
function severityOf({ severity, server }: Finding): "blocker" | "critical" | "major" | "info" {
  if (severity === "error") return server?.effect === "refuses" ? "blocker" : "critical";
  return severity === "warning" ? "major" : "info";
}
