import { jsonText } from "../json-text.ts";
import type { TuneFormat } from "./tune-report.ts";

/** All of it. */
export const json: TuneFormat = ({ tool, target, tuning }) =>
  jsonText({ schema: 1, tool, target, ...tuning });
