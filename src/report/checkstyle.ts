import { sentences } from "./advice.ts";
import { byFile } from "./by-file.ts";
import type { Format } from "./format.ts";
import { attributes, XML_HEAD } from "./xml.ts";

/** XML in the form of Checkstyle, which most build servers read. */
export const checkstyle: Format = (report) => {
  const files = [...byFile(report)].map(([path, findings]) => {
    const errors = findings.map(
      (finding) =>
        `    <error${attributes({
          line: finding.line,
          column: finding.column,
          severity: finding.severity,
          message: sentences(finding).join("\n"),
          source: finding.rule,
        })}/>\n`,
    );
    return `  <file${attributes({ name: path })}>\n${errors.join("")}  </file>\n`;
  });
  return `${XML_HEAD}<checkstyle version="4.3">\n${files.join("")}</checkstyle>\n`;
};
