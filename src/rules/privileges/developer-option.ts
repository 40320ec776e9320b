import type { Severity } from "../../engine/rule.ts";
import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

/** What a developer's option costs once it is not at its default. Those that risk data or access have rules of their own. */
const COSTS: readonly (readonly [name: string, severity: Severity, cost: string])[] = [
  [
    "wal_consistency_checking",
    "warning",
    "writes a full page image with nearly every change and lets a standby stop at the first difference",
  ],
  [
    "debug_io_direct",
    "warning",
    "goes around the kernel's cache without anything in its place, so reads and WAL become slow",
  ],
  [
    "debug_discard_caches",
    "warning",
    "throws the caches of the catalog away all the time, and makes everything slower by orders of magnitude",
  ],
  [
    "debug_logical_replication_streaming",
    "warning",
    "sends every change of a transaction at once, which is for tests only",
  ],
  [
    "jit_dump_bitcode",
    "warning",
    "writes a file into the data directory for every compiled query and removes none",
  ],
  [
    "remove_temp_files_after_crash",
    "warning",
    "keeps the temporary files of every crash, until the disk is full",
  ],
  [
    "send_abort_for_crash",
    "warning",
    "ends the other processes with SIGABRT after a crash, each with a core file of up to shared_buffers",
  ],
  [
    "send_abort_for_kill",
    "warning",
    "ends processes that hang with SIGABRT, each with a core file of up to shared_buffers",
  ],
  [
    "allow_in_place_tablespaces",
    "warning",
    "lets tablespaces lie inside the data directory, where backup tools do not expect them",
  ],
  [
    "jit_debugging_support",
    "info",
    "registers every compiled function with GDB, which costs time with every one",
  ],
  ["jit_profiling_support", "info", "writes a file for perf in ~/.debug/jit for every session that compiles"],
  ["backtrace_functions", "info", "logs a backtrace with every error from the functions that it names"],
  ["trace_connection_negotiation", "info", "logs what every connection negotiates"],
  ["trace_notify", "info", "logs every step of LISTEN and NOTIFY"],
  ["trace_sort", "info", "logs the resources of every sort"],
  ["trace_recovery_messages", "info", "changes which messages of the recovery are logged"],
];

export default defineRule({
  id: "privileges/developer-option",
  title: "an option for developers of PostgreSQL is left on",
  severity: "warning",
  controls: ["R03", "R05", "R06", "CIS 6.2"],
  docs: () => ({
    why: "These settings are for work on the server itself; the sample file does not even list them. Somebody set one for an investigation. It stays, costs performance, disk space or readable logs, and nobody looks for it there.",
    fix: "Drop the line.",
    traps: "trace_sort and its kin can be set for a session alone, which is nearly always enough.",
    leave: "While the investigation lasts; suppress the finding with a date.",
    see: [pgDocs("runtime-config-developer")],
  }),
  *check({ conf }) {
    for (const [name, severity, cost] of COSTS) {
      const option = writtenIn(conf, name);
      if (!option || option.base === option.setting.default) continue;
      const shown = option.item.entry.value;
      yield { ...unwiseFor(option, option.setting.default ?? "", `${name} = ${shown} ${cost}.`), severity };
    }
  },
});
