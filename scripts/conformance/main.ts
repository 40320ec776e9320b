// npm run conformance [-- --majors 10-18 or 10,13] [--only conf,start,hba,ident,match,map,pgbouncer,tune] [--record] [--random N --seed N]
//                          [--replay]
// Asks real servers and holds the library against their answers; CONTRIBUTING.md tells more.
import { parseArgs } from "node:util";
import { server } from "../servers/releases.ts";
import { disagreement } from "./compare.ts";
import { randomFileProbes } from "./conf-files-random.ts";
import { openConf } from "./conf-oracle.ts";
import { confProbes } from "./conf-probes.ts";
import { randomConfProbes } from "./conf-random.ts";
import { openHba } from "./hba-oracle.ts";
import { hbaProbes, identProbes } from "./hba-probes.ts";
import { randomHbaProbes, randomIdentProbes } from "./hba-random.ts";
import { isKnown } from "./known.ts";
import { majorsIn } from "./majors.ts";
import { openMap } from "./map-oracle.ts";
import { mapProbes, randomMapProbes } from "./map-probes.ts";
import { openMatch } from "./match-oracle.ts";
import { matchProbes, randomMatchProbes } from "./match-probes.ts";
import { installedPooler, judgePooler } from "./pooler-oracle.ts";
import { poolerProbes } from "./pooler-probes.ts";
import { randomPoolerProbes } from "./pooler-random.ts";
import { type Probe, SUITES, type Suite, type Verdict } from "./probe.ts";
import { readVerdicts, writeVerdicts } from "./record.ts";
import { openStart } from "./start-oracle.ts";
import { startProbes } from "./start-probes.ts";
import { tryTuned } from "./tune.ts";

const { values: flags } = parseArgs({
  options: {
    majors: { type: "string", default: "10-18" },
    only: { type: "string", default: [...SUITES, "tune"].join(",") },
    record: { type: "boolean", default: false },
    // So many random texts instead of the fixed ones, to look for what those miss.
    random: { type: "string" },
    seed: { type: "string", default: "1" },
    // The recorded verdicts of all releases instead of running servers.
    replay: { type: "boolean", default: false },
    show: { type: "string", default: "10" },
  },
});
const majors = majorsIn(flags.majors);
const suites = SUITES.filter((suite) => flags.only.split(",").includes(suite));

const FIXED: Readonly<Record<Suite, () => Iterable<Probe>>> = {
  conf: confProbes,
  start: startProbes,
  hba: hbaProbes,
  ident: identProbes,
  match: matchProbes,
  map: mapProbes,
  pgbouncer: poolerProbes,
};
const RANDOM: Readonly<Record<Suite, (count: number, seed: number) => Iterable<Probe>>> = {
  conf: (count, seed) => [...randomConfProbes(count, seed), ...randomFileProbes(count / 5, seed)],
  start: () => [],
  hba: randomHbaProbes,
  ident: randomIdentProbes,
  match: randomMatchProbes,
  map: randomMapProbes,
  pgbouncer: randomPoolerProbes,
};
/** How many random texts belong to the fixed ones. */
const ALONG: Readonly<Record<Suite, number>> = {
  conf: 1500,
  start: 0,
  hba: 400,
  ident: 100,
  match: 400,
  map: 100,
  pgbouncer: 200,
};

const verdicts = new Map<Probe, Map<string, Verdict>>();
let unexplained = 0;

console.log("suite      server            probes   agree  percent");
for (const suite of suites) {
  if (flags.replay) {
    replay(suite);
    continue;
  }
  const probes = probesOf(suite);
  for (const probe of probes) verdicts.set(probe, new Map());
  if (suite === "pgbouncer") await askPooler(probes);
  else await twoByTwo((major) => askServer(suite, probes, major));
  if (flags.record) writeVerdicts(suite, probes, verdicts);
}
// What tune() writes is no text with a verdict, so that there is nothing to record or to make up.
if (flags.only.split(",").includes("tune") && !flags.replay && flags.random === undefined)
  await twoByTwo(askTuned);
console.log(unexplained === 0 ? "no disagreement" : `${unexplained} disagreements`);
process.exitCode = unexplained === 0 ? 0 : 1;

function probesOf(suite: Suite): Probe[] {
  if (flags.random !== undefined) return [...RANDOM[suite](Number(flags.random), Number(flags.seed))];
  return [...FIXED[suite](), ...RANDOM[suite](ALONG[suite], 2026)];
}

function replay(suite: Suite): void {
  const tally = new Map<string, { agree: number; of: number }>();
  for (const { verdicts: recorded, ...probe } of readVerdicts(suite))
    for (const { on, ...verdict } of recorded)
      for (const release of on) {
        const { agree, of } = tally.get(release) ?? { agree: 0, of: 0 };
        tally.set(release, { agree: agree + Number(hold(probe, verdict, release)), of: of + 1 });
      }
  for (const [release, { agree, of }] of tally) tell(suite, `recorded ${release}`, agree, of);
}

async function askServer(suite: Suite, probes: readonly Probe[], major: number): Promise<void> {
  const open = {
    conf: openConf,
    start: openStart,
    hba: openHba,
    ident: openHba,
    match: openMatch,
    map: openMap,
    pgbouncer: openConf,
  }[suite];
  const oracle = await open(await server(major));
  const release = String(major);
  let agree = 0;
  for (const probe of probes) agree += Number(hold(probe, await oracle.judge(probe), release));
  await oracle.close();
  tell(suite, `PostgreSQL ${major}`, agree, probes.length);
}

async function askTuned(major: number): Promise<void> {
  const { tuned, linted, asked, started, wrong } = await tryTuned(major);
  for (const why of wrong) if (unexplained++ < Number(flags.show)) console.log(`  ${why.slice(0, 400)}`);
  console.log(
    `tune       PostgreSQL ${major}   ${tuned} hosts, ${linted} held against the rules, ${asked} against the server, ${started} of them started; ${wrong.length} wrong`,
  );
}

/** Two majors at a time: one core each. */
async function twoByTwo(ask: (major: number) => Promise<void>): Promise<void> {
  for (let at = 0; at < majors.length; at += 2) await Promise.all(majors.slice(at, at + 2).map(ask));
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

/** Does the library say what the server said? The first disagreements are shown. */
function hold(probe: Probe, verdict: Verdict, release: string): boolean {
  verdicts.get(probe)?.set(release, verdict);
  const why = disagreement(probe, verdict, release);
  if (why === undefined || isKnown(probe, release)) return true;
  if (unexplained++ < Number(flags.show))
    console.log(`  [${release}] ${JSON.stringify(probe.text).slice(0, 160)}\n      ${why.slice(0, 400)}`);
  return false;
}

function tell(suite: string, name: string, agree: number, of: number): void {
  const percent = of === 0 ? 100 : (100 * agree) / of;
  console.log(
    `${suite.padEnd(9)}  ${name.padEnd(14)}  ${String(of).padStart(8)} ${String(agree).padStart(7)}  ${percent.toFixed(2)} %`,
  );
}
