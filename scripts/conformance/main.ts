// npm run conformance [-- --majors 10-18] [--only conf,hba,ident,pgbouncer] [--record]: asks real servers.
import { mkdirSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import { server } from "../servers/releases.ts";
import { disagreement } from "./compare.ts";
import { openConf } from "./conf-oracle.ts";
import { confProbes } from "./conf-probes.ts";
import { randomConfProbes } from "./conf-random.ts";
import { openHba } from "./hba-oracle.ts";
import { hbaProbes, identProbes } from "./hba-probes.ts";
import { isKnown } from "./known.ts";
import { installedPooler, judgePooler } from "./pooler-oracle.ts";
import { poolerProbes } from "./pooler-probes.ts";
import type { Probe, Recorded, Verdict } from "./probe.ts";

const { values: flags } = parseArgs({
  options: {
    majors: { type: "string", default: "10-18" },
    only: { type: "string", default: "conf,hba,ident,pgbouncer" },
    record: { type: "boolean", default: false },
    show: { type: "string", default: "10" },
    random: { type: "string", default: "0" },
    seed: { type: "string", default: "1" },
  },
});
const [first = 10, last = first] = flags.majors.split("-").map(Number);
const majors = Array.from({ length: last - first + 1 }, (_, at) => first + at);
const suites = flags.only.split(",");

const PROBES: Readonly<Record<string, () => Iterable<Probe>>> = {
  conf: confProbes,
  hba: hbaProbes,
  ident: identProbes,
  pgbouncer: poolerProbes,
};
const verdicts = new Map<Probe, Map<string, Verdict>>();
let unexplained = 0;
let shown = 0;

for (const suite of suites) {
  const probes =
    Number(flags.random) > 0
      ? [...randomConfProbes(Number(flags.random), Number(flags.seed))]
      : [...(PROBES[suite]?.() ?? [])];
  for (const probe of probes) verdicts.set(probe, new Map());
  if (suite === "pgbouncer") await askPooler(probes);
  // Two majors at a time: one core each.
  else
    for (let at = 0; at < majors.length; at += 2)
      await Promise.all(majors.slice(at, at + 2).map((major) => askServer(suite, probes, major)));
  if (flags.record) record(suite, probes);
}
if (unexplained > 0) {
  console.log(`${unexplained} disagreements`);
  process.exitCode = 1;
}

async function askServer(suite: string, probes: readonly Probe[], major: number): Promise<void> {
  const oracle = await (suite === "conf" ? openConf : openHba)(await server(major));
  const release = String(major);
  let agree = 0;
  for (const probe of probes) agree += Number(hold(probe, await oracle.judge(probe), release));
  await oracle.close();
  tell(suite, `PostgreSQL ${major}`, agree, probes.length);
}

async function askPooler(probes: readonly Probe[]): Promise<void> {
  const release = installedPooler();
  if (release === undefined) {
    console.log("pgbouncer  skipped: no pgbouncer is installed (Debian: apt-get install pgbouncer)");
    return;
  }
  let agree = 0;
  for (const probe of probes) agree += Number(hold(probe, await judgePooler(probe), release));
  tell("pgbouncer", `PgBouncer ${release}`, agree, probes.length);
}

function hold(probe: Probe, verdict: Verdict, release: string): boolean {
  verdicts.get(probe)?.set(release, verdict);
  const why = disagreement(probe, verdict, release);
  if (why === undefined || isKnown(probe.suite, probe.text)) return true;
  unexplained++;
  if (shown++ < Number(flags.show))
    console.log(`  [${release}] ${JSON.stringify(probe.text).slice(0, 160)}\n      ${why.slice(0, 400)}`);
  return false;
}

function tell(suite: string, name: string, agree: number, of: number): void {
  console.log(
    `${suite.padEnd(9)}  ${name.padEnd(14)}  ${agree} of ${of} agree (${((100 * agree) / of).toFixed(2)} %)`,
  );
}

/** Equal verdicts of several releases are written once. */
function record(suite: string, probes: readonly Probe[]): void {
  const lines = probes.map((probe) => {
    const groups = new Map<string, { verdict: Verdict; on: string[] }>();
    for (const [release, verdict] of verdicts.get(probe) ?? []) {
      const key = JSON.stringify(verdict);
      const group = groups.get(key);
      if (group) group.on.push(release);
      else groups.set(key, { verdict, on: [release] });
    }
    // Releases were asked two at a time, so that their order is by chance.
    const sorted = [...groups.values()].map(({ verdict, on }) => ({ on: on.sort(byNumber), ...verdict }));
    sorted.sort((a, b) => byNumber(a.on[0] ?? "", b.on[0] ?? ""));
    const recorded: Recorded = { ...probe, verdicts: sorted };
    return JSON.stringify(recorded);
  });
  const folder = resolve(import.meta.dirname, "../../fixtures/verdicts");
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, `${suite}.jsonl.gz`), gzipSync(`${lines.join("\n")}\n`, { level: 9 }));
}

function byNumber(a: string, b: string): number {
  return Number(a) - Number(b);
}
