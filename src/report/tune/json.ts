import type { TuneFormat } from "./tune-report.ts";

/** All of it. */
export const json: TuneFormat = ({ tool, target, tuning }) =>
  `${JSON.stringify({ schema: 1, tool, target, ...tuning }, null, 2)}\n`;
