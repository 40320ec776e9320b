import type { Report } from "../engine/report.ts";

/** The report as it is, documented by docs/report.schema.json. */
export const json = (report: Report): string => `${JSON.stringify(report, null, 2)}\n`;
