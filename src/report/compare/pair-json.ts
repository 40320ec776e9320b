import { isDrift } from "../../api/compare/pair.ts";
import type { PairReport } from "../../api/compare/report.ts";
import { TOOL } from "../../api/tool.ts";
import { heldAsJson, serverOf } from "./json-parts.ts";

/** Documented by docs/compare.schema.json. */
export function pairJson({ servers, differences, unknown, onlyKnown, access, compared }: PairReport): string {
  const drift =
    differences.some(isDrift) || access.some(({ changes, refusal }) => changes.length > 0 || refusal);
  return `${JSON.stringify(
    {
      schema: 1,
      tool: TOOL,
      same: !drift && unknown.length === 0,
      compared,
      servers: servers.map(serverOf),
      differences: differences.map(({ values, ...difference }) => ({
        ...difference,
        values: values.map(heldAsJson),
      })),
      access,
      unknown,
      onlyKnown,
    },
    null,
    2,
  )}\n`;
}
