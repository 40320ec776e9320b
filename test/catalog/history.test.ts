import { describe, expect, it } from "vitest";
import { historyOf } from "../../src/catalog/history.ts";
import { ELSEWHERE, PAST } from "../../src/catalog/past.ts";
import { majorsWith, settingIn } from "../../src/catalog/postgres.ts";

describe("historyOf", () => {
  it.each([
    ["wal_keep_segments", { until: 12, use: "wal_keep_size" }],
    ["wal_keep_size", { since: 13, before: "wal_keep_segments" }],
    ["force_parallel_mode", { until: 15, use: "debug_parallel_query" }],
    ["checkpoint_segments", { until: 9.4, use: "max_wal_size" }],
    ["promote_trigger_file", { since: 12, until: 15 }],
    ["stats_temp_directory", { until: 14 }],
    ["vacuum_cleanup_index_scale_factor", { since: 11, until: 13 }],
    ["db_user_namespace", { until: 16 }],
    ["standby_mode", { until: 11 }],
    ["ssl_ecdh_curve", { until: 17, use: "ssl_groups" }],
    ["unix_socket_directory", { until: 9.2, use: "unix_socket_directories" }],
    ["max_fsm_pages", { until: 8.3 }],
    ["jit", { since: 11 }],
    ["restrict_nonsystem_relation_kind", { since: 12, minors: { 16: 4 } }],
    ["max_client_conn", { use: "max_connections" }],
  ])("%s", (name, history) => {
    expect(historyOf(name)).toMatchObject(history);
    expect(historyOf(name.toUpperCase())).toEqual(historyOf(name));
  });

  it("has nothing to tell of what was always there, or never", () => {
    expect(historyOf("work_mem")).toBeUndefined();
    expect(historyOf("banana")).toBeUndefined();
    expect(historyOf("constructor")).toBeUndefined();
  });

  it("sends nobody to a setting that the newest version lacks", () => {
    const newest = { major: 18, minor: null };
    for (const [name, { use }] of [...PAST, ...ELSEWHERE])
      if (use) expect(settingIn(newest, use)?.name, name).toBe(use);
  });

  it("leaves the time of a name that the catalog has to the catalog", () => {
    for (const [name, { until }] of PAST)
      expect(until === undefined, name).toBe(majorsWith(name) !== undefined);
  });
});
