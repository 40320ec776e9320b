import type { Finding, Report } from "../../engine/report.ts";
import { takes, toWrite } from "../advice.ts";
import { escaped } from "../xml.ts";

/** A longer list is no list of what comes first. */
const MOST = 6;

/** First what keeps a server down, then what locks people out, then the rest by severity; remarks can wait. */
export function firstSteps({ findings }: Report): string {
  const urgent = findings
    .filter(({ severity }) => severity !== "info")
    .map((finding, order) => ({ finding, order, rank: rankOf(finding) }))
    .sort((a, b) => a.rank - b.rank || a.order - b.order)
    .slice(0, MOST);
  if (urgent.length === 0) return "";
  const steps = urgent.map(({ finding }) => step(finding)).join("\n");
  return `<section><h2>What to do first</h2><ol class="steps">\n${steps}\n</ol></section>`;
}

function rankOf({ server, severity }: Finding): number {
  if (server?.effect === "refuses") return server.when === "login" ? 1 : 0;
  return severity === "error" ? 2 : 3;
}

function step(finding: Finding): string {
  const { path, line, message, suggested, setting } = finding;
  const after = takes(finding);
  const write =
    suggested === undefined
      ? ""
      : `<span class="write">Write <code>${escaped(setting === undefined ? toWrite(suggested) : `${setting} = ${toWrite(suggested)}`)}</code>${after ? `; it ${after}.` : ""}</span>`;
  return `<li>${escaped(message)} ${write}<span class="place">${escaped(path)}:${line}</span></li>`;
}
