import type { Cluster } from "../../cluster/cluster.ts";
import type { EffectiveSetting } from "../../cluster/conf.ts";
import type { HbaLine } from "../../cluster/hba.ts";
import { plainLines } from "./plain-lines.ts";
import { listensOn } from "./reach.ts";

/** What together lets clients of other machines in without TLS. */
export interface Exposure {
  readonly ssl: EffectiveSetting;
  readonly addresses: EffectiveSetting;
  /** The lines that let them in, the widest first. */
  readonly lines: readonly [HbaLine, ...HbaLine[]];
}

/** There the operator or the provider decides about ssl, not the file. */
const DECIDED_ELSEWHERE: ReadonlySet<string> = new Set(["cnpg", "rds", "cloudsql", "azure"]);

/** Undefined where nobody gets in from elsewhere, where TLS is on, and where the files do not say. */
export function exposureOf({ conf, hba, target }: Cluster): Exposure | undefined {
  const ssl = conf?.known("ssl");
  const addresses = conf?.known("listen_addresses");
  if (!hba || ssl?.value !== false || !addresses || listensOn(conf) !== "remote") return undefined;
  const [widest, ...others] = plainLines(hba);
  return widest && !DECIDED_ELSEWHERE.has(target.platform)
    ? { ssl, addresses, lines: [widest, ...others] }
    : undefined;
}
