import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { root } from "../generate/output.ts";
import { BenchError } from "./error.ts";
import type { DeclaredHost, Machine } from "./host.ts";
import type { Kind } from "./pgtune.ts";
import type { Loaded, Run } from "./runs.ts";

/** Everything of one benchmark that the page is made of. */
export interface Benchmark {
  readonly date: string;
  readonly minutes: number;
  readonly machine: Machine;
  readonly server: string;
  readonly pgbench: string;
  readonly host: DeclaredHost;
  readonly connections: Readonly<Record<Kind, number>>;
  readonly rounds: number;
  readonly seconds: number;
  readonly subject: string;
  readonly configurations: readonly {
    readonly name: string;
    readonly settings: Readonly<Record<Kind, Readonly<Record<string, string>>>>;
  }[];
  readonly loaded: Loaded;
  readonly runs: readonly Run[];
}

/** The table that one of the measures printed. */
export interface Measured {
  readonly date: string;
  readonly rows: readonly (readonly string[])[];
}

const path = (name: string) => join(root, "docs/benchmark", `${name}.json`);

export function readBenchmark(): Benchmark {
  if (existsSync(path("runs"))) return read("runs");
  throw new BenchError("docs/benchmark has no recorded runs; --record makes them");
}

export const writeBenchmark = (benchmark: Benchmark) => writeNumbers("runs", benchmark);

export const readMeasured = (name: string): Measured | null => (existsSync(path(name)) ? read(name) : null);
export const writeMeasured = (name: string, measured: Measured) => writeNumbers(name, measured);

const read = (name: string) => JSON.parse(readFileSync(path(name), "utf8"));

function writeNumbers(name: string, numbers: unknown): void {
  mkdirSync(dirname(path(name)), { recursive: true });
  writeFileSync(path(name), `${JSON.stringify(numbers, null, 1)}\n`);
}
