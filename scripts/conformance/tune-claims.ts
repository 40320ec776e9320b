import { settingIn } from "../../src/catalog/postgres.ts";
import { applyEdits } from "../../src/fix/edits.ts";
import { parseBytes } from "../../src/host/bytes.ts";
import { type Finding, lint, type Tuning, tune } from "../../src/index.ts";
import { type GridPoint, words } from "./tune-grid.ts";

/** All that a configuration may ever get; nothing of durability, logging, network or timeouts. */
const OURS = new Set(
  [
    ["max_connections", "max_locks_per_transaction", "max_wal_senders", "max_prepared_transactions"],
    ["shared_buffers", "effective_cache_size", "work_mem", "maintenance_work_mem", "autovacuum_work_mem"],
    ["hash_mem_multiplier", "huge_pages", "jit", "default_statistics_target", "random_page_cost"],
    ["max_worker_processes", "max_parallel_workers", "max_parallel_workers_per_gather"],
    ["max_parallel_maintenance_workers", "autovacuum_max_workers", "autovacuum_vacuum_cost_limit"],
    ["autovacuum_vacuum_cost_delay", "vacuum_buffer_usage_limit", "max_wal_size", "min_wal_size"],
    ["checkpoint_timeout", "checkpoint_completion_target", "wal_buffers", "wal_compression"],
    ["wal_init_zero", "wal_recycle", "effective_io_concurrency", "maintenance_io_concurrency"],
    ["io_workers"],
  ].flat(),
);
/** What some builds, kernels or hosts refuse at the start. */
const REFUSED_BY_SOME = ["lz4", "zstd", "io_uring"];
/** Topics in which the rules say what tune() decides. */
const TOPICS = /^(?:memory|connections|io|planner|vacuum|server)\//;
/** Somebody wanted more connections than we would give; these say so. */
const FORCED = new Set(["memory/worst-case", "connections/max-connections"]);

/** The configuration as it would be written: the file there is, changed, or a new one. */
export function confOf({ files = [] }: GridPoint, { changes }: Tuning): string {
  const [main] = files;
  if (!main) return changes.map(({ name, value }) => `${name} = ${value}\n`).join("");
  return applyEdits(
    main.text,
    changes.flatMap(({ edit }) => edit ?? []),
  );
}

/** What is wrong with one answer, by itself. */
export function wrongIn(point: GridPoint, tuning: Tuning): string[] {
  return [...badValues(point, tuning), ...badProof(point, tuning)].map((what) => `${words(point)}: ${what}`);
}

function* badValues(point: GridPoint, tuning: Tuning): Generator<string> {
  const { target, primary = [], files = [] } = point;
  const { settings } = tuning;
  const version = { major: Number(target?.postgres), minor: null };
  for (const { name, value } of settings) {
    if (!OURS.has(name)) yield `${name} is nobody's to tune`;
    if (!settingIn(version, name)) yield `${name} is not a setting there`;
    if (REFUSED_BY_SOME.includes(value) || (name === "huge_pages" && value === "on"))
      yield `${name} = ${value} is refused by some servers`;
  }
  const written = countsIn(confOf(point, tuning));
  for (const { text } of [...files, ...primary])
    for (const [name, least] of countsIn(text))
      if ((written.get(name) ?? 0) < least)
        yield `${name} = ${written.get(name)}, and ${least} are there or on the primary`;
}

/** What must not become less, as a text has it. */
const countsIn = (text: string) =>
  new Map(Array.from(text.matchAll(NEVER_LOWER), ([, name = "", count]) => [name, Number(count)] as const));
const NEVER_LOWER =
  /^(max_(?:connections|worker_processes|wal_senders|locks_per_transaction|prepared_transactions)) = (\d+)/gm;

function* badProof({ connections, files }: GridPoint, { budget, findings }: Tuning): Generator<string> {
  const { worst, usable } = budget;
  const sum = budget.parts.reduce((total, part) => total + part.worst, 0);
  if (Math.abs(sum - worst.taken) > 1) yield "the rows of the proof are not its sum";
  if (worst.fits !== worst.taken <= usable) yield "the proof says that it fits, or not, and is wrong";
  if (!worst.fits && connections === undefined && !files) yield "the connections that we chose do not fit";
  const [error] = findings;
  if (worst.fits !== (error === undefined)) yield "the finding and the proof disagree";
  if (error && (error.severity !== "error" || !/ % of the .* too much/.test(error.message)))
    yield `it does not say by how much: ${error.message}`;
}

/** How many huge pages check and tune() say the kernel should set aside. */
const HUGE_PAGES = "vm.nr_hugepages";

/** What check says of what tune() wrote for the same host. */
export function complaints(point: GridPoint, tuning: Tuning): string[] {
  const isForced = point.connections !== undefined || point.files !== undefined;
  const pages = tuning.kernel.find(({ name }) => name === HUGE_PAGES)?.value;
  const before = new Set((point.files ?? []).flatMap(({ text }) => findingsIn(point, text)).map(gist));
  return findingsIn(point, confOf(point, tuning))
    .filter((finding) => {
      if (isForced && FORCED.has(finding.rule)) return false;
      // tune() says the same of the kernel.
      if (finding.rule === "memory/huge-pages" && isNear(pages, / (\d+) pages /.exec(finding.message)?.[1]))
        return false;
      // And of the container, which 64MB are too little for.
      if (finding.rule === "memory/dev-shm" && tuning.kernel.some(({ name }) => name === "/dev/shm"))
        return false;
      // The file's own, of which tune() leaves more than it would give.
      return TOPICS.test(finding.rule) && !before.has(gist(finding));
    })
    .map(({ rule, message }) => `${words(point)}: ${rule}: ${message}`);
}

/** Within a hundredth: tune() counts what it advises, of which a file keeps what hardly differs. */
const isNear = (one = "0", other = "0"): boolean => Math.abs(Number(one) - Number(other)) < Number(one) / 100;

const gist = ({ rule, setting, current }: Finding) => [rule, setting, current].join();

const findingsIn = ({ host, workload, target, primary }: GridPoint, text: string): readonly Finding[] =>
  lint({
    files: [{ path: "postgresql.conf", text }],
    host,
    workload: { kind: workload },
    ...(target && { target }),
    ...(primary && { primary }),
  }).findings;

/** More memory never gives less shared_buffers, and more connections never give more work_mem. */
export class Monotone {
  readonly #buffers = new Map<string, number>();
  readonly #work = new Map<string, number>();

  *wrong(point: GridPoint, { settings }: Tuning): Generator<string> {
    const { variant, workload, connections } = point;
    const { memory, cpus, disk } = point.host;
    const bytes = (name: string) => parseBytes(settings.find((one) => one.name === name)?.value ?? "") ?? 0;
    const rest = [variant, workload, cpus, disk];
    const [buffers, work] = [bytes("shared_buffers"), bytes("work_mem")];
    const alike = [...rest, connections].join();
    if (buffers < (this.#buffers.get(alike) ?? 0))
      yield `${words(point)}: less shared_buffers than with less`;
    this.#buffers.set(alike, buffers);
    if (connections === undefined) return;
    const host = [...rest, memory].join();
    if (work > (this.#work.get(host) ?? work)) yield `${words(point)}: more work_mem than with fewer`;
    this.#work.set(host, work);
  }
}

/** A point with its answer and the text of it. */
export interface Answer {
  readonly point: GridPoint;
  readonly tuning: Tuning;
  readonly text: string;
}

export function answer(point: GridPoint): Answer {
  const tuning = tune(point);
  return { point, tuning, text: confOf(point, tuning) };
}
