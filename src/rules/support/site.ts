import type { Cluster } from "../../cluster/cluster.ts";
import { FACT_NAMES, type HostInput } from "../../host/facts.ts";
import type { Site } from "../../sizing/site.ts";

/** What the server is sized for; undefined where nobody says how much memory its host has. */
export function siteOf({ host, workload, target }: Cluster): Site | undefined {
  const facts: HostInput = Object.fromEntries(
    FACT_NAMES.flatMap((name) => {
      const fact = host[name];
      return fact ? [[name, fact.value]] : [];
    }),
  );
  const { memory } = facts;
  const { kind = "web", databaseSize, walRate } = workload;
  if (memory === undefined) return undefined;
  return {
    ...facts,
    memory,
    kind,
    version: target.postgres,
    ...(databaseSize !== undefined && { databaseSize }),
    ...(walRate !== undefined && { walRate }),
  };
}
