import type { Finding } from "../engine/report.ts";
import { sentences } from "./advice.ts";
import type { Format } from "./format.ts";
import { printable } from "./printable.ts";
import { worstFirst } from "./worst-first.ts";

/** Logging commands, which Azure Pipelines lists on the page of a run. It knows errors and warnings, and no third. */
export const azure: Format = ({ findings }) =>
  worstFirst(findings)
    .filter(({ severity }) => severity !== "info")
    .map(commandOf)
    .join("");

function commandOf(finding: Finding): string {
  const { severity, rule, path, line, column } = finding;
  const properties = { type: severity, sourcepath: path, linenumber: line, columnnumber: column, code: rule };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${property(String(value))};`);
  return `##vso[task.logissue ${list.join("")}]${data(sentences(finding).map(printable).join("\n"))}\n`;
}

/** As the agent reads them back: what would end a line, or a property. */
const data = (text: string) => text.replaceAll("%", "%AZP25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
const property = (text: string) => data(printable(text)).replaceAll(";", "%3B").replaceAll("]", "%5D");
