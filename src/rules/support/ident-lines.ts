import type { Cluster } from "../../cluster/cluster.ts";
import type { IdentLine } from "../../cluster/ident.ts";
import { optionOf, withOptions } from "./hba-lines.ts";

/** The mappings that a record of pg_hba.conf names; all of them where there is no pg_hba.conf. */
export function usedMappings(cluster: Cluster): readonly IdentLine[] {
  const lines = cluster.ident?.lines ?? [];
  if (!cluster.hba || lines.length === 0) return lines;
  const used = new Set<string | undefined>();
  for (const { line } of withOptions(cluster)) used.add(optionOf(line, "map"));
  return lines.filter(({ map }) => used.has(map.text));
}
