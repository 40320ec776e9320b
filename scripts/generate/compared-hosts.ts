import { tune } from "../../src/api/tune.ts";
import { buildCluster } from "../../src/cluster/build.ts";
import type { Conf } from "../../src/cluster/conf.ts";
import { resolveTarget } from "../../src/cluster/target.ts";
import { parseBytes } from "../../src/host/bytes.ts";
import { DISKS, hostFrom } from "../../src/host/facts.ts";
import { WORKLOADS } from "../../src/host/workload.ts";
import { budgetOf, type ConfBudget } from "../../src/rules/support/budget.ts";
import { fileSet } from "../../src/text/files.ts";
import peers from "./peer-values.json" with { type: "json" };

/** What one tool gives for a host, read and judged as every other configuration is. */
export interface Judged {
  readonly tool: string;
  readonly conf: Conf;
  readonly proof: ConfBudget;
}

export interface ComparedHost {
  /** "512MB, 1 CPU, ssd, web, PostgreSQL 16" */
  readonly title: string;
  readonly asked: boolean;
  readonly tools: readonly Judged[];
}

type Values = Readonly<Record<string, string | undefined>>;

export const OURS = "pgconflint";
export const { tools: PEERS, date: DATE } = peers;

export const comparedHosts = (): ComparedHost[] => peers.hosts.map(compared);

function compared({ host: asked, values }: (typeof peers.hosts)[number]): ComparedHost {
  const host = {
    memory: known(parseBytes(asked.memory), asked.memory),
    cpus: asked.cpus,
    disk: known(
      DISKS.find((disk) => disk === asked.disk),
      asked.disk,
    ),
  };
  const kind = known(
    WORKLOADS.find((workload) => workload === asked.workload),
    asked.workload,
  );
  const { connections } = asked;
  const target = { postgres: asked.postgres };
  const ours = tune({ host, workload: kind, target, ...(connections !== undefined && { connections }) });
  const judge = ([tool, settings]: readonly [string, Values]): Judged => {
    const lines = Object.entries(settings).map(([name, value]) => `${name} = '${value}'\n`);
    const cluster = buildCluster(
      fileSet([{ path: "postgresql.conf", text: lines.join("") }]),
      resolveTarget(target, {}),
      { host: hostFrom(host, "host"), workload: { kind, superusers: ["postgres"] } },
    );
    return { tool, conf: known(cluster.conf, tool), proof: known(budgetOf(cluster), tool) };
  };
  const own: Values = Object.fromEntries(ours.settings.map(({ name, value }) => [name, value]));
  const cpus = `${asked.cpus} ${asked.cpus === 1 ? "CPU" : "CPUs"}`;
  return {
    title: `${asked.memory}, ${cpus}, ${asked.disk}, ${asked.workload}, PostgreSQL ${asked.postgres}${connections === undefined ? "" : `, ${connections} connections`}`,
    asked: connections !== undefined,
    tools: [[OURS, own] as const, ...Object.entries<Values>(values)].map(judge),
  };
}

function known<Value>(value: Value | undefined, what: string): Value {
  if (value === undefined) throw new Error(`peer-values.json: ${what}`);
  return value;
}
