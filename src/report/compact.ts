import type { Report } from "../engine/report.ts";
import { printable } from "./printable.ts";

/** One line a finding, which editors and grep read: path:line:column: severity rule message */
export const compact = ({ findings }: Pick<Report, "findings">): string =>
  findings
    .map(
      ({ path, line, column, severity, rule, message }) =>
        `${printable(path)}:${line}:${column}: ${severity} ${rule} ${printable(message)}\n`,
    )
    .join("");
