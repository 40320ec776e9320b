import fc from "fast-check";
import { expect, test } from "vitest";
import { applyEdits } from "../../src/fix/edits.ts";
import { DISKS } from "../../src/host/facts.ts";
import { WORKLOADS } from "../../src/host/workload.ts";
import { type TuneInput, tune } from "../../src/index.ts";

const MB = 1024 ** 2;

const line = fc.oneof(
  fc.tuple(
    fc.constantFrom(
      "shared_buffers",
      "work_mem",
      "maintenance_work_mem",
      "effective_cache_size",
      "max_wal_size",
      "min_wal_size",
    ),
    fc.integer({ min: 2, max: 20_000 }).map((size) => `${size * 32}MB`),
  ),
  fc.tuple(
    fc.constantFrom(
      "max_connections",
      "max_worker_processes",
      "max_parallel_workers",
      "effective_io_concurrency",
    ),
    fc.integer({ min: 1, max: 900 }).map(String),
  ),
  fc.tuple(fc.constantFrom("jit", "wal_compression"), fc.constantFrom("on", "off")),
);
const files = fc
  .tuple(
    fc.array(
      fc.tuple(
        fc.constantFrom("", "#", "# "),
        line,
        fc.constantFrom("", "  # why", "\t\t\t# (change\n\t\t\t# requires restart)"),
      ),
    ),
    fc.constantFrom("\n", "\r\n"),
    fc.boolean(),
  )
  .map(([lines, end, closed]) => {
    const text = lines
      .map(([sign, [name, value], remark]) => `${sign}${name} = ${value}${remark}`)
      .join("\n");
    return `${text}${closed ? "\n" : ""}`.replaceAll("\n", end);
  });
const inputs = fc.record({
  host: fc.record({
    memory: fc.integer({ min: 512, max: 512 * 1024 }).map((megabytes) => megabytes * MB),
    cpus: fc.integer({ min: 1, max: 64 }),
    disk: fc.constantFrom(...DISKS),
  }),
  workload: fc.constantFrom(...WORKLOADS),
  target: fc.integer({ min: 10, max: 18 }).map((major) => ({ postgres: String(major) })),
});

const changed = (text: string, input: TuneInput) =>
  applyEdits(
    text,
    tune({ ...input, files: [{ path: "postgresql.conf", text }] }).changes.flatMap(({ edit }) => edit ?? []),
  );

test("a file that was changed once needs no second change, and keeps all lines but those of the changed settings", () => {
  fc.assert(
    fc.property(files, inputs, (text, input) => {
      const once = changed(text, input);
      expect(changed(once, input)).toBe(once);
      const comments = (of: string) =>
        of.split(/\r?\n/).filter((each) => /^\s*#/.test(each) && !each.includes("by pgconflint"));
      expect(comments(once)).toEqual(comments(text));
      if (text.includes("\r\n")) expect(once).not.toMatch(/[^\r]\n/);
    }),
    { numRuns: 150 },
  );
});
