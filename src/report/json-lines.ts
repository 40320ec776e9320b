import type { Report } from "../engine/report.ts";
import { jsonLine } from "./json-text.ts";
import type { Tallied } from "./tally.ts";

/** The report of one server, in one line; documented by docs/report-lines.schema.json. */
export const judgedLine = (server: string, { schema, tool, ...report }: Report): string =>
  jsonLine({ schema, server, tool, ...report });

/** A server of which there is no report, and why. */
export const notCheckedLine = (server: string, error: string): string =>
  jsonLine({ schema: 1, server, error });

/** The last line, without which the others are not all. */
export function totalLine({ totals, servers, notChecked }: Tallied): string {
  const { files, findings, suppressed, summary } = totals;
  return jsonLine({ schema: 1, total: { servers, notChecked, files, findings, suppressed, summary } });
}
