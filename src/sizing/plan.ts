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

/** A whole configuration for a host, with the proof that its memory suffices. */
export interface Plan {
  readonly settings: readonly Advice[];
  /** Settings of the PgBouncer in front. */
  readonly pooler: readonly Advice[];
  /** What is to be set outside of PostgreSQL. */
  readonly kernel: readonly Advice[];
  readonly parts: MemoryParts;
  readonly budget: Budget;
}

/** Durability, logging and network are nobody's to tune: no setting of theirs is here. */
export function plan(request: Request): Plan {
  const all = sized(request);
  const { version } = request.site;
  return {
    settings: [
      connectionAdvice,
      memoryAdvice,
      parallelAdvice,
      vacuumAdvice,
      walAdvice,
      storageAdvice,
      plannerAdvice,
    ]
      .flatMap((advise) => advise(all))
      .filter(({ name }) => settingIn(version, name)),
    pooler: poolerAdvice(all),
    kernel: kernelAdvice(all),
    parts: all.parts,
    budget: all.budget,
  };
}
