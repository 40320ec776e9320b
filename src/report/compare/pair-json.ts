import { type PairReport, pairDiffers } from "../../api/compare/report.ts";
import { TOOL } from "../../api/tool.ts";
import { jsonText } from "../json-text.ts";
import { heldAsJson, serverOf } from "./json-parts.ts";

/** Documented by docs/compare.schema.json. */
export function pairJson(report: PairReport): string {
  const { servers, differences, unknown, onlyKnown, access, compared } = report;
  return jsonText({
    schema: 1,
    tool: TOOL,
    differs: pairDiffers(report),
    compared,
    servers: servers.map(serverOf),
    differences: differences.map(({ values, ...difference }) => ({
      ...difference,
      values: values.map(heldAsJson),
    })),
    access,
    unknown,
    onlyKnown,
  });
}
