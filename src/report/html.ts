import type { Finding, Report } from "../engine/report.ts";
import { SEVERITIES, type Severity } from "../engine/rule.ts";
import { cleanLines } from "./clean-lines.ts";
import type { Extras, Format } from "./format.ts";
import { accessPicture } from "./html/access.ts";
import { findingCard } from "./html/card.ts";
import { memoryPicture } from "./html/memory.ts";
import { STYLE } from "./html/style.ts";
import { firstSteps } from "./html/todo.ts";
import { summary } from "./summary.ts";
import { lead, verdict } from "./verdict.ts";
import { escaped } from "./xml.ts";

/** One page for people who were not there: no script, nothing loaded, good on paper. */
export const html: Format = (report, extras) => {
  const { settings, rules, notChecked = [] } = extras;
  const looked = summary(report, { settings, rules: rules.length, notChecked: notChecked.length }).trim();
  return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<title>${escaped(verdict(report))}</title>
<style>${STYLE}</style>
</head>
<body>
<header>
<p class="tool">${report.tool.name} report</p>
<h1>${escaped(verdict(report))}</h1>
<p class="lead">${escaped(lead(report))}</p>
${tiles(report)}
</header>
<main>
${[firstSteps(report), pictures(report, extras), ...SEVERITIES.map((severity) => section(severity, report, extras)), filesTable(report)].filter(Boolean).join("\n")}
</main>
<footer><p>${escaped(looked)}</p><p>${report.tool.name} ${escaped(report.tool.version)}. Passwords and other secrets are left out of this page.</p></footer>
</body>
</html>
`;
};

const NAMES: Readonly<Record<Severity, readonly [title: string, meaning: string]>> = {
  error: ["Errors", "The server does not start, loses data, or lets someone in."],
  warning: ["Warnings", "These will hurt."],
  info: ["Worth knowing", "Nothing breaks, but somebody may be surprised."],
};

const tiles = ({ summary }: Report): string =>
  `<ul class="tiles">${SEVERITIES.map(
    (severity) =>
      `<li class="${summary[severity] > 0 ? severity : "none"}"><b>${summary[severity]}</b> ${NAMES[severity][0].toLowerCase()}</li>`,
  ).join("")}</ul>`;

function section(severity: Severity, report: Report, { line }: Extras): string {
  const findings: Finding[] = report.findings.filter((finding) => finding.severity === severity);
  if (findings.length === 0) return "";
  const lineOf = cleanLines(report, line);
  const [title, meaning] = NAMES[severity];
  const cards = findings.map((finding) => findingCard(finding, lineOf)).join("\n");
  return `<section><h2>${title} <small>${findings.length}</small></h2><p class="quiet">${meaning}</p>\n${cards}\n</section>`;
}

/** Of the files that the report is about; where there are several servers, under the name of each. */
function pictures({ files }: Report, { overviews }: Extras): string {
  const reported = new Set(files.map(({ path }) => path));
  const drawn = overviews.map(({ path, memory, access }) => {
    const parts = [
      memory && reported.has(path) ? memoryPicture(memory) : "",
      ...access.filter((its) => reported.has(its.path)).map(accessPicture),
    ].join("");
    return parts !== "" && overviews.length > 1 ? `<p class="server">${escaped(path)}</p>${parts}` : parts;
  });
  return drawn.join("");
}

function filesTable({ files, findings }: Report): string {
  const rows = files.map(({ path, kind }) => {
    const count = findings.filter((finding) => finding.path === path).length;
    return `<tr><td><code>${escaped(path)}</code></td><td>${escaped(kind)}</td><td class="number">${count}</td></tr>`;
  });
  return `<section><h2>What was read</h2><table><thead><tr><th>File</th><th>Read as</th><th class="number">Findings</th></tr></thead><tbody>${rows.join("")}</tbody></table></section>`;
}
