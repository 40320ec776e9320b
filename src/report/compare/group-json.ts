import type { Deviation, Variant } from "../../api/compare/group.ts";
import { type GroupReport, groupDiffers, worstOf } from "../../api/compare/report.ts";
import { TOOL } from "../../api/tool.ts";
import { jsonText } from "../json-text.ts";
import { heldAsJson, serverOf } from "./json-parts.ts";

/** Documented by docs/compare.schema.json. */
export const groupsJson = (groups: readonly GroupReport[]): string =>
  jsonText({ schema: 1, tool: TOOL, differs: groups.some(groupDiffers), groups: groups.map(groupOf) });

const groupOf = (group: GroupReport) => ({
  group: group.path,
  differs: groupDiffers(group),
  servers: group.servers.map(serverOf),
  deviations: group.deviations.map(deviationOf),
  access: group.access,
  worst: worstOf(group),
  unknown: Object.fromEntries(group.unknown),
});

const deviationOf = ({ setting, standing, takes, among, of, usual, others }: Deviation) => ({
  setting,
  standing,
  takes,
  among,
  of,
  usual: usual ? { value: shownOf(usual), servers: usual.servers.length } : null,
  others: others.map((variant) => ({
    value: shownOf(variant),
    servers: variant.servers.map(({ path, held }) => {
      const { path: file = null, line = null } = heldAsJson(held) ?? {};
      return { server: path, path: file, line };
    }),
  })),
});

const shownOf = ({ value }: Variant) => value?.shown ?? null;
