import type { Report } from "../engine/report.ts";
import { jsonText } from "./json-text.ts";

/** The report as it is, documented by docs/report.schema.json. */
export const json = (report: Report): string => jsonText(report);
