import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import type { Probe, Recorded, Suite, Verdict } from "./probe.ts";

const FOLDER = resolve(import.meta.dirname, "../../fixtures/verdicts");
const FILES: Readonly<Record<Suite, string>> = {
  conf: "postgresql-conf",
  start: "postgresql-start",
  hba: "pg-hba",
  ident: "pg-ident",
  match: "pg-hba-match",
  map: "pg-ident-map",
  pgbouncer: "pgbouncer",
};
const pathOf = (suite: Suite) => join(FOLDER, `${FILES[suite]}.jsonl.gz`);

/** The verdicts of the servers that were asked, by release. */
export type Verdicts = ReadonlyMap<Probe, ReadonlyMap<string, Verdict>>;

/** Writes the recording of a suite; equal verdicts of several releases stand once. */
export function writeVerdicts(suite: Suite, probes: readonly Probe[], verdicts: Verdicts): void {
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
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(pathOf(suite), gzipSync(`${lines.join("\n")}\n`, { level: 9 }));
}

const byNumber = (a: string, b: string) => Number(a) - Number(b);

/** The recording of a suite. */
export function readVerdicts(suite: Suite): Recorded[] {
  const text = gunzipSync(readFileSync(pathOf(suite))).toString();
  return text
    .trimEnd()
    .split("\n")
    .map((line): Recorded => JSON.parse(line));
}
