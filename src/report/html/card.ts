import type { Finding } from "../../engine/report.ts";
import { shorten } from "../../text/shorten.ts";
import { published, serverDoes, serverSays, takes, toWrite } from "../advice.ts";
import type { CleanLine, LineOf } from "../clean-lines.ts";
import { escaped } from "../xml.ts";

/** A line of a file that is longer than this is cut round the place. */
const MOST = 200;

/** One finding: what is wrong, the line, what the server says, what to write. */
export function findingCard(finding: Finding, lineOf: LineOf): string {
  const { rule, severity, message, path, line, server, suggested, related = [], help } = finding;
  const { confidence } = finding;
  const controls = published(finding.controls);
  const after = takes(finding);
  const frame = lineOf(path, line);
  const facts = [
    server && ["Server", `${serverDoes(server)}: <q>${escaped(shorten(serverSays(server, " — "), 600))}</q>`],
    suggested !== undefined && ["Write", `<code>${escaped(toWrite(suggested))}</code>`],
    after !== undefined && ["Change", escaped(after)],
    confidence && ["Certainty", escaped(confidence)],
    controls.length > 0 && ["Controls", escaped(controls.join(", "))],
  ].filter((fact) => Array.isArray(fact));
  const others = related.map(
    (other) =>
      `<div class="other"><span class="place">${escaped(other.path)}:${other.line}</span> ${escaped(other.message)}${quoted(lineOf(other.path, other.line), other.line)}</div>`,
  );
  return `<article class="${severity}">
<h3>${escaped(shorten(message, 600))}</h3>
<p class="place">${escaped(path)}:${line}:${finding.column} · <a href="${escaped(help)}">${escaped(rule)}</a></p>
${frame ? codeFrame(frame, finding) : ""}${others.join("")}
<dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd>${value}</dd>`).join("")}</dl>
</article>`;
}

function quoted(line: CleanLine | undefined, number: number): string {
  return line ? `<pre><i>${number}</i> ${escaped(shorten(line.clean, MOST))}</pre>` : "";
}

/** The line with the place in it marked; a line without its secrets has other columns, and is marked as a whole. */
function codeFrame({ text, clean }: CleanLine, { line, column, endLine, endColumn }: Finding): string {
  const exact = text === clean;
  const start = exact ? Math.min(column - 1, clean.length) : 0;
  const stop = exact && endLine === line ? Math.min(endColumn - 1, clean.length) : clean.length;
  const before = start > MOST / 2 ? `...${clean.slice(start - MOST / 4, start)}` : clean.slice(0, start);
  const behind = clean.slice(stop, stop + MOST) + (clean.length > stop + MOST ? "..." : "");
  const marked = shorten(clean.slice(start, stop), MOST);
  const show = (part: string) => escaped(part.replaceAll("\t", "    "));
  return `<pre><i>${line}</i> ${show(before)}<mark>${show(marked) || " "}</mark>${show(behind)}</pre>`;
}
