import { settingIn } from "../catalog/postgres.ts";
import { connectionAdvice } from "./advice/connections.ts";
import { kernelAdvice } from "./advice/kernel.ts";
import { memoryAdvice } from "./advice/memory.ts";
import { parallelAdvice } from "./advice/parallel.ts";
import { plannerAdvice } from "./advice/planner.ts";
import { poolerAdvice } from "./advice/pooler.ts";
import { storageAdvice } from "./advice/storage.ts";
import { vacuumAdvice } from "./advice/vacuum.ts";
import { walAdvice } from "./advice/wal.ts";
import type { Advice } from "./advice.ts";
import type { Budget, MemoryParts } from "./budget.ts";
import { type Request, sized } from "./sized.ts";

/** What a setting is about, in the order in which they are printed. */
const GROUPS = {
  Connections: connectionAdvice,
  Memory: memoryAdvice,
  "Worker processes": parallelAdvice,
  Vacuum: vacuumAdvice,
  "Write-ahead log": walAdvice,
  Disk: storageAdvice,
  Planner: plannerAdvice,
};

export interface GroupedAdvice extends Advice {
  /** Such as "Memory". */
  readonly group: string;
}

/** A whole configuration for a host, with the proof that its memory suffices. */
export interface Plan {
  readonly settings: readonly GroupedAdvice[];
  /** Settings of the PgBouncer in front. */
  readonly pooler: readonly Advice[];
  /** What is to be set outside of PostgreSQL. */
  readonly kernel: readonly Advice[];
  readonly parts: MemoryParts;
  /** The proof that the memory suffices. */
  readonly budget: Budget;
}

/** Durability, logging and network are nobody's to tune: no setting of theirs is here. */
export function plan(request: Request): Plan {
  const all = sized(request);
  const { version } = request.site;
  return {
    settings: Object.entries(GROUPS)
      .flatMap(([group, advise]) => advise(all).map((advice) => ({ ...advice, group })))
      .filter(({ name }) => settingIn(version, name)),
    pooler: poolerAdvice(all),
    kernel: kernelAdvice(all),
    parts: all.parts,
    budget: all.budget,
  };
}
