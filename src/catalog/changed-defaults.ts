import { settingsOf } from "./postgres.ts";
import type { Setting } from "./setting.ts";
import { MAJORS, type Version } from "./version.ts";

/** A default that another major has otherwise. */
export interface ChangedDefault {
  readonly setting: Setting;
  readonly before: string | null;
  /** The first major with the new one. */
  readonly since: number;
  /** What comes of it for a server that leaves the setting alone. */
  readonly means: string;
}

/** What came with a major and is at work without being asked for. */
export interface NewAtWork {
  readonly name: string;
  readonly since: number;
  readonly means: string;
}

const MEANS: Readonly<Record<string, string>> = {
  autovacuum_vacuum_cost_delay: "autovacuum works up to ten times as fast, and reads and writes as much more",
  extra_float_digits: "float values are printed with all digits that they need, so their text may be another",
  jit: "queries with a cost of over 100000 are compiled first, which pays for long ones only",
  ssl_min_protocol_version: "clients that know no TLS 1.2 are turned away",
  checkpoint_completion_target: "a checkpoint writes over nearly all of the time to the next, more evenly",
  password_encryption:
    "new passwords are stored for SCRAM, and a client that only knows MD5 cannot log in with them",
  vacuum_cost_page_miss: "vacuum reads up to five times as much in the same time",
  hash_mem_multiplier: "a hash may take twice work_mem, which counts at the memory's worst case",
  log_autovacuum_min_duration: "an autovacuum of more than ten minutes is logged",
  log_checkpoints: "each checkpoint is logged",
  shared_buffers: "only a server without any value for it is concerned, as initdb writes one",
  vacuum_buffer_usage_limit:
    "VACUUM and ANALYZE go through a ring of 2MB, and have to write less often for themselves",
  effective_io_concurrency:
    "more reads are asked for ahead of time; right for anything but a single spinning disk",
  maintenance_io_concurrency: "the same for vacuum and other maintenance",
};

/** Another spelling of the same. */
const SAME: ReadonlySet<string> = new Set(["log_connections"]);

const AT_WORK: Readonly<Record<string, string>> = {
  autovacuum_vacuum_insert_threshold: "tables that are only inserted into are vacuumed as well",
  hash_mem_multiplier:
    "a hash aggregate beyond work_mem x hash_mem_multiplier goes to temporary files, where it went on in memory before",
  enable_memoize: "a nested loop may keep what it has looked up, within work_mem x hash_mem_multiplier",
  vacuum_failsafe_age: "close to the wraparound, vacuum goes on without delays and leaves indexes out",
  recovery_prefetch: "a standby, and a recovery, read ahead what the WAL will need",
  autovacuum_vacuum_max_threshold: "a large table is vacuumed after 100 million dead rows at the latest",
  io_method: "reads go through three I/O workers, processes that count besides the others",
};

/** The defaults that differ, of settings that a file can set; each with the last change on the way. */
export function changedDefaults(from: Version, to: Version): readonly ChangedDefault[] {
  const old = new Map(settingsOf(from).map((setting) => [setting.name, setting]));
  return settingsOf(to).flatMap((setting) => {
    const before = old.get(setting.name);
    if (!before || before.default === setting.default || !isForFiles(setting)) return [];
    const means = MEANS[setting.name];
    if (means === undefined) return [];
    return [{ setting, before: before.default, since: sinceWhen(setting, from, to), means }];
  });
}

export function newAtWork(from: Version, to: Version): readonly NewAtWork[] {
  const old = new Set(settingsOf(from).map(({ name }) => name));
  return settingsOf(to).flatMap(({ name }) => {
    const means = AT_WORK[name];
    return means === undefined || old.has(name) ? [] : [{ name, since: firstWith(name, from, to), means }];
  });
}

/** Can a file set it, and is the other default more than another spelling? */
export const isForFiles = ({ name, context, flags }: Setting): boolean =>
  context !== "internal" && !flags.includes("DISALLOW_IN_FILE") && !SAME.has(name);

const between = (from: Version, to: Version) =>
  MAJORS.filter((major) => major > from.major && major <= to.major).map((major) => ({ major, minor: null }));
const inMajor = (version: Version, name: string) =>
  settingsOf(version).find((setting) => setting.name === name);

const firstWith = (name: string, from: Version, to: Version): number =>
  between(from, to).find((version) => inMajor(version, name))?.major ?? to.major;

function sinceWhen({ name, default: now }: Setting, from: Version, to: Version): number {
  const changed = between(from, to).findLast(
    (version) => inMajor({ major: version.major - 1, minor: null }, name)?.default !== now,
  );
  return changed?.major ?? to.major;
}
