import { encodingName } from "../../catalog/encodings.ts";
import { entryOf } from "../../text/entry-of.ts";
import { utf8Bytes } from "../../text/source.ts";
import { MAX_NAME_BYTES } from "../lists.ts";
import { checkDateStyle } from "./datestyle.ts";
import {
  type CheckHook,
  dotSince,
  type HookContext,
  type HookVerdict,
  quotedSince,
  type Value,
} from "./hook.ts";
import * as recovery from "./recovery.ts";
import { checkStandbyNames } from "./standby-names.ts";
import { checkAbbreviations, checkLogTimeZone, checkTimeZone } from "./timezone.ts";
import * as words from "./words.ts";

/** Linux gives a process 8MB of stack unless told otherwise; the server keeps 512kB of it in reserve. */
export const STACK_LIMIT_KB = 8192 - 512;
const ISOLATION_LEVELS = ["serializable", "repeatable read", "read committed", "read uncommitted", "default"];
const MAX_BACKENDS = 0x3ffff;
const BUFFER_ACCESS_RING: readonly [min: number, max: number] = [128, 16_777_216];

const strings: Readonly<Record<string, CheckHook<string>>> = {
  DateStyle: checkDateStyle,
  TimeZone: checkTimeZone,
  log_timezone: checkLogTimeZone,
  timezone_abbreviations: checkAbbreviations,
  log_destination: words.checkLogDestination,
  search_path: words.checkNameList,
  temp_tablespaces: words.checkNameList,
  wal_consistency_checking: words.checkConsistency,
  createrole_self_grant: words.checkSelfGrant,
  restrict_nonsystem_relation_kind: words.checkRelationKinds,
  debug_io_direct: words.checkIoDirect,
  log_connections: words.checkLogConnections,
  synchronized_standby_slots: words.checkStandbySlots,
  synchronous_standby_names: checkStandbyNames,
  client_encoding: checkEncoding,
  application_name: cleanAscii,
  cluster_name: cleanAscii,
  default_table_access_method: checkAccessMethod,
  backtrace_functions: (text, { version }) =>
    /^[0-9A-Za-z_, \n\t]*$/.test(text) || {
      detail: dotSince(18, version.major >= 17 ? "Invalid character" : "invalid character", version),
    },
  primary_slot_name: recovery.checkPrimarySlotName,
  recovery_target: recovery.checkRecoveryTarget,
  recovery_target_xid: recovery.checkRecoveryTargetXid,
  recovery_target_lsn: recovery.checkRecoveryTargetLsn,
  recovery_target_name: recovery.checkRecoveryTargetName,
  recovery_target_time: recovery.checkRecoveryTargetTime,
  recovery_target_timeline: recovery.checkRecoveryTargetTimeline,
  // An enum from 12 on; before, its words were compared to the letter.
  transaction_isolation: (text, { version }) => version.major >= 12 || ISOLATION_LEVELS.includes(text) || {},
  // Roles are in the database, which is not open yet.
  role: (text) => text === "none" || {},
  session_authorization: () => ({}),
};

const numbers: Readonly<Record<string, CheckHook<number>>> = {
  max_stack_depth: (value) =>
    value <= STACK_LIMIT_KB || {
      detail: `"max_stack_depth" must not exceed ${STACK_LIMIT_KB}kB.`,
      hint: 'Increase the platform\'s stack depth limit via "ulimit -s" or local equivalent.',
    },
  max_connections: checkBackends,
  autovacuum_max_workers: checkBackends,
  max_worker_processes: checkBackends,
  max_wal_senders: checkBackends,
  vacuum_buffer_usage_limit: (value, { version }) =>
    value === 0 ||
    (value >= BUFFER_ACCESS_RING[0] && value <= BUFFER_ACCESS_RING[1]) || {
      detail: dotSince(
        18,
        '"vacuum_buffer_usage_limit" must be 0 or between 128 kB and 16777216 kB',
        version,
      ),
    },
  io_max_concurrency: (value) => value !== 0 || { detail: "Only -1 or values bigger than 0 are valid." },
  autovacuum_work_mem: (value, { version }) => {
    const least = version.major >= 17 ? 64 : 1024;
    return value === -1 || value >= least || { value: least };
  },
  wal_buffers: (value) => value === -1 || value >= 4 || { value: 4 },
};

const flags: Readonly<Record<string, CheckHook<boolean>>> = {
  default_with_oids: (on, { version }) =>
    !on || version.major < 12 || { message: "tables declared WITH OIDS are not supported" },
  log_statement_stats: (on, { current }) =>
    !(
      on &&
      ["log_parser_stats", "log_planner_stats", "log_executor_stats"].some((name) => current(name) === true)
    ) || {
      detail:
        'Cannot enable "log_statement_stats" when "log_parser_stats", "log_planner_stats", or "log_executor_stats" is true.',
    },
  log_parser_stats: checkStageStats,
  log_planner_stats: checkStageStats,
  log_executor_stats: checkStageStats,
};

const SLRU_BUFFERS = new Set(
  "transaction subtransaction commit_timestamp multixact_offset multixact_member notify serializable"
    .split(" ")
    .map((name) => `${name}_buffers`),
);

/** What a setting's check hook says of a value; settings without one take any that has the right type and range. */
export function runHook(name: string, value: Value, context: HookContext): HookVerdict {
  if (typeof value === "string") return entryOf(strings, name)?.(value, context) ?? true;
  if (typeof value === "boolean") return entryOf(flags, name)?.(value, context) ?? true;
  if (SLRU_BUFFERS.has(name) && value % 16 !== 0)
    return { detail: dotSince(18, `"${name}" must be a multiple of 16`, context.version) };
  return entryOf(numbers, name)?.(value, context) ?? true;
}

function checkStageStats(on: boolean, { current }: HookContext): HookVerdict {
  if (!on || current("log_statement_stats") !== true) return true;
  return { detail: 'Cannot enable parameter when "log_statement_stats" is true.' };
}

/** Up to 17 each of these adds the others as they are at this line; 18 adds all up when it starts. */
function checkBackends(_value: number, { version, current }: HookContext): HookVerdict {
  if (version.major >= 18) return true;
  const parts = ["max_connections", "autovacuum_max_workers", "max_worker_processes"];
  if (version.major >= 12) parts.push("max_wal_senders");
  const sum = parts.reduce((total, name) => total + Number(current(name)), 1);
  return sum <= MAX_BACKENDS || {};
}

function checkEncoding(name: string): HookVerdict {
  const canonical = encodingName(name);
  if (canonical === undefined) return {};
  // A relic that check_client_encoding keeps for old JDBC drivers.
  return name === "UNICODE" || { value: canonical };
}

function checkAccessMethod(name: string, { version }: HookContext): HookVerdict {
  const shown = quotedSince(17, "default_table_access_method", version);
  return name !== "" || { detail: `${shown} cannot be empty.` };
}

/** A name (GUC_IS_NAME), cut to 63 bytes, and pg_clean_ascii: what is not printable ASCII is shown, not refused. */
function cleanAscii(text: string, { version }: HookContext): HookVerdict {
  if (/^[ -~]{0,63}$/.test(text)) return true;
  const shown = (byte: number) => (version.major >= 16 ? `\\x${byte.toString(16).padStart(2, "0")}` : "?");
  const bytes = [...utf8Bytes(text)].slice(0, MAX_NAME_BYTES);
  return { value: bytes.map((b) => (b >= 32 && b <= 126 ? String.fromCharCode(b) : shown(b))).join("") };
}
