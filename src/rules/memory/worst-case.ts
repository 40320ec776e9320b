import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { roughBytes } from "../../host/bytes.ts";
import { budgetFor, connectionsThatFit, workMem } from "../../sizing/budget.ts";
import { budgetOf, budgetSum, type ConfBudget } from "../support/budget.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, sizeText, statement } from "../support/tuning.ts";

/** What counts; each with the value that initdb leaves. */
const STOCK: Readonly<Record<string, number>> = {
  work_mem: 4096,
  max_connections: 100,
  shared_buffers: 16_384,
  maintenance_work_mem: 65_536,
  autovacuum_work_mem: -1,
  autovacuum_max_workers: 3,
  hash_mem_multiplier: 2,
};

export default defineRule({
  id: "memory/worst-case",
  title: "the memory that is allowed is more than the host has",
  severity: "warning",
  controls: ["K01"],
  docs: () => ({
    why: "work_mem is not a limit for the server: every sort of every connection may take as much, and a hash hash_mem_multiplier times that. A quiet server never shows it. On the day when all connections work at once the kernel's OOM killer ends one of them, and PostgreSQL restarts and throws out all the others.",
    fix: "Lower work_mem to the value in the message and raise it for the roles or queries that need more (`ALTER ROLE report SET work_mem = '256MB'`), or let fewer connections in and put a pooler in front.",
    traps:
      "One sort or hash per connection is an assumption in the middle: a query may have several, each parallel worker has its own, and few connections sort at the same time. hash_mem_multiplier is 1 in 13 and 14, and 2 from 15 on; before 13 there is none. Without huge pages each connection has a page table for shared_buffers of a 512th of their size; say how much is set aside (`huge_pages` under [host]) where there are some. If only hashes or page tables take the sum over the RAM, it is an info.",
    leave:
      "Leave it where you know that few of the connections work at the same time, and say how many (`connections` under [workload] in pgconflint.ini). A PgBouncer whose pools are bounded counts instead of max_connections if it is given along.",
    see: [
      settingDocs("resource", "work_mem"),
      settingDocs("resource", "hash_mem_multiplier"),
      settingDocs("resource", "autovacuum_work_mem"),
    ],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const proof = budgetOf(cluster);
    if (!conf || !proof) return;
    const { site, parts, budget } = proof;
    const { memory } = site;
    const taken = budget.worst.taken;
    // Whatever hashes do, and whether or not there are huge pages.
    const surely = budgetFor(
      { ...site, hugePages: Number.POSITIVE_INFINITY },
      { ...parts, hashMemMultiplier: 1 },
    ).worst.taken;
    const [largest, ...others] = Object.keys(STOCK).flatMap((name) => changedSetting(conf, name) ?? []);
    // shared_buffers alone is too large: memory/shared-buffers-large.
    if (taken <= memory || !largest || parts.sharedBuffers > memory) return;
    const { advice, suggested } = adviceFor(proof, largest);
    const percent = Math.round((taken / memory) * 100);
    const message = `At worst ${budgetSum(proof)} = ${roughBytes(taken)}, ${percent} % of the ${roughBytes(memory)} of RAM; ${advice}.`;
    yield {
      ...draftAbout(conf, largest, message, suggested),
      ...(surely <= memory && { severity: "info" as const }),
      related: others.flatMap((other) => related(other, `${statement(conf, other)} counts too`)),
    };
  },
});

/** Less work_mem where somebody raised it, else fewer connections. */
function adviceFor({ site, parts }: ConfBudget, { setting }: EffectiveSetting) {
  const size = workMem(site, parts);
  if (setting.name === "work_mem" && size) {
    const suggested = sizeText(setting, size.bytes);
    return { advice: `work_mem = ${suggested} would fit`, suggested };
  }
  const connections = connectionsThatFit(site, parts);
  const suggested = setting.name === "max_connections" && connections > 0 ? String(connections) : undefined;
  const advice =
    connections > 0
      ? `${connections} connections would fit, with a pooler in front for the others`
      : "not even ten connections would fit";
  return { advice, suggested };
}

/** A part that somebody set; a small host with nothing but defaults has no budget to speak of. */
function changedSetting(conf: Conf, name: string): EffectiveSetting | undefined {
  const setting = conf.known(name);
  return setting?.item && setting.value !== STOCK[name] ? setting : undefined;
}
