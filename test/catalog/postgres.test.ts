import { describe, expect, it } from "vitest";
import { majorsWith, oldNamesIn, settingIn, settingsOf } from "../../src/catalog/postgres.ts";
import type { Setting } from "../../src/catalog/setting.ts";
import { MAJORS, parsePostgresVersion } from "../../src/catalog/version.ts";

function setting(version: string, name: string): Setting {
  const parsed = parsePostgresVersion(version);
  const found = parsed && settingIn(parsed, name);
  if (!found) throw new Error(`PostgreSQL ${version} has no ${name}`);
  return found;
}

const has = (version: string, name: string): boolean => {
  const parsed = parsePostgresVersion(version);
  return parsed !== undefined && settingIn(parsed, name) !== undefined;
};

function isValue({ type, default: value, values, hidden, min, max }: Setting): boolean {
  if (value === null || type === "string") return true;
  if (type === "bool") return value === "on" || value === "off";
  if (type === "enum") return values.includes(value) || value in hidden;
  return Number(value) >= min && Number(value) <= max;
}

describe("settingIn", () => {
  it.each(MAJORS)("counts shared_buffers in blocks of 8kB in %i", (major) => {
    const shared = setting(`${major}`, "shared_buffers");
    expect(shared).toMatchObject({
      type: "integer",
      unit: "8kB",
      min: 16,
      max: 1073741823,
      context: "postmaster",
    });
    expect(shared.default).toBe(major >= 15 ? "16384" : "1024");
  });

  it.each([
    ["10", "max_wal_size", { unit: "MB", default: "1024", min: 2, max: 2147483647, context: "sighup" }],
    ["18", "max_wal_size", { unit: "MB", default: "1024", min: 2, max: 2147483647, context: "sighup" }],
    ["18", "work_mem", { unit: "kB", default: "4096", min: 64, max: 2147483647, context: "user" }],
    ["16", "maintenance_work_mem", { min: 1024 }],
    ["17", "maintenance_work_mem", { min: 64 }],
    ["13", "checkpoint_completion_target", { type: "real", default: "0.5" }],
    ["14", "checkpoint_completion_target", { type: "real", default: "0.9", min: 0, max: 1 }],
    ["11", "vacuum_cost_delay", { type: "integer", unit: "ms" }],
    ["12", "vacuum_cost_delay", { type: "real", unit: "ms" }],
    ["11", "autovacuum_vacuum_cost_delay", { default: "20" }],
    ["12", "autovacuum_vacuum_cost_delay", { default: "2" }],
    ["17", "log_connections", { type: "bool", default: "off", context: "superuser-backend" }],
    ["18", "log_connections", { type: "string", default: "", context: "superuser-backend" }],
    ["14", "wal_compression", { type: "bool", values: [], buildValues: [] }],
    ["15", "wal_compression", { type: "enum", values: ["pglz", "on", "off"], buildValues: ["lz4", "zstd"] }],
    ["18", "io_method", { values: ["sync", "worker"], buildValues: ["io_uring"], default: "worker" }],
    ["13", "password_encryption", { default: "md5", values: ["md5", "scram-sha-256"] }],
    ["14", "password_encryption", { default: "scram-sha-256", hidden: {} }],
    ["17", "autovacuum_max_workers", { context: "postmaster" }],
    ["18", "autovacuum_max_workers", { context: "sighup" }],
    ["17", "effective_io_concurrency", { default: "1" }],
    ["18", "effective_io_concurrency", { default: "16" }],
    ["18", "log_min_duration_statement", { unit: "ms", default: "-1", min: -1 }],
    ["18", "autovacuum_naptime", { unit: "s", default: "60", min: 1, max: 2147483 }],
    ["18", "log_rotation_age", { unit: "min", default: "1440" }],
    ["10", "track_activity_query_size", { unit: null }],
    ["11", "track_activity_query_size", { unit: "B" }],
    ["18", "random_page_cost", { type: "real", default: "4", min: 0, max: Number.MAX_VALUE }],
    ["18", "config_file", { default: null, flags: ["DISALLOW_IN_FILE"] }],
    ["18", "data_directory", { flags: ["DISALLOW_IN_AUTO_FILE"] }],
    ["18", "server_version_num", { context: "internal", default: null }],
    ["12", "unix_socket_directories", { default: "/tmp", flags: ["BUILD_DEFAULT"] }],
    [
      "17",
      "pg_stat_statements.max",
      { module: "pg_stat_statements", default: "5000", context: "postmaster" },
    ],
    ["17", "wal_keep_size", { category: "Replication / Sending Servers", module: null }],
  ])("%s: %s", (version, name, facts) => {
    expect(setting(version, name)).toMatchObject(facts);
  });

  it("tells what the server reports for a word that it does not list", () => {
    expect(setting("18", "wal_level").values).toEqual(["minimal", "replica", "logical"]);
    expect({ ...setting("18", "wal_level").hidden }).toEqual({ archive: "replica", hot_standby: "replica" });
    expect(setting("12", "password_encryption").hidden.on).toBe("md5");
    expect(setting("15", "wal_compression").hidden.on).toBe("pglz");
    expect(setting("18", "log_min_messages").hidden.debug).toBe("debug2");
    expect(setting("11", "log_min_messages").hidden.debug2).toBe("debug");
    expect({ ...setting("11", "client_min_messages").hidden }).toMatchObject({
      fatal: "error",
      panic: "error",
    });
    expect(setting("12", "client_min_messages").hidden).not.toHaveProperty("fatal");
  });

  it("has no words but the server's", () => {
    expect(setting("18", "wal_level").hidden.constructor).toBeUndefined();
  });

  it("finds a name in any case, and prints it as the server does", () => {
    expect(setting("17", "DATESTYLE").name).toBe("DateStyle");
    expect(setting("17", "timezone").name).toBe("TimeZone");
    expect(setting("17", "Work_Mem").name).toBe("work_mem");
    expect(has("17", "wor\u212A_mem")).toBe(false);
  });

  it("reads the old names that the server still reads", () => {
    expect(setting("10", "sort_mem").name).toBe("work_mem");
    expect(setting("18", "VACUUM_MEM").name).toBe("maintenance_work_mem");
    expect(setting("18", "ssl_ecdh_curve").name).toBe("ssl_groups");
    expect(setting("17", "ssl_ecdh_curve").name).toBe("ssl_ecdh_curve");
    expect(oldNamesIn({ major: 18, minor: null })).toEqual(["sort_mem", "ssl_ecdh_curve", "vacuum_mem"]);
    expect(oldNamesIn({ major: 17, minor: null })).toEqual(["sort_mem", "vacuum_mem"]);
  });

  it("knows what answers SHOW without being listed", () => {
    for (const name of ["role", "seed", "session_authorization", "is_superuser", "ssl_renegotiation_limit"])
      expect(has("18", name)).toBe(true);
    expect(setting("12", "default_with_oids").type).toBe("bool");
  });

  it("knows when a setting came and went", () => {
    expect([has("12", "wal_keep_segments"), has("13", "wal_keep_segments")]).toEqual([true, false]);
    expect([has("12", "wal_keep_size"), has("13", "wal_keep_size")]).toEqual([false, true]);
    expect([has("11", "restore_command"), has("12", "restore_command")]).toEqual([false, true]);
    expect([has("15", "lc_collate"), has("16", "lc_collate")]).toEqual([true, false]);
    expect(majorsWith("jit")).toMatchObject({ first: 11, last: 18 });
    expect(majorsWith("banana")).toBeUndefined();
  });

  it("knows what came with a minor release", () => {
    expect([
      has("16.3", "restrict_nonsystem_relation_kind"),
      has("16.4", "restrict_nonsystem_relation_kind"),
    ]).toEqual([false, true]);
    expect(has("16", "restrict_nonsystem_relation_kind")).toBe(true);
    expect(has("17.0", "restrict_nonsystem_relation_kind")).toBe(true);
    expect([has("14.4", "allow_in_place_tablespaces"), has("14.5", "allow_in_place_tablespaces")]).toEqual([
      false,
      true,
    ]);
    expect([has("18.1", "file_extend_method"), has("18.2", "file_extend_method")]).toEqual([false, true]);
  });

  it.each(["", "constructor", "__proto__", "toString"])("has no setting %j", (name) => {
    expect(has("18", name)).toBe(false);
  });
});

describe("settingsOf", () => {
  it.each(MAJORS)("gives every setting of %i a default that is a value of its type", (major) => {
    for (const setting of settingsOf({ major, minor: null }))
      expect(isValue(setting), setting.name).toBe(true);
  });

  it("lists the server's own settings and those of its modules, each once", () => {
    const names = settingsOf({ major: 17, minor: null }).map(({ name }) => name);
    expect(names).toEqual([...new Set(names)]);
    expect(names).toEqual(
      expect.arrayContaining(["work_mem", "auto_explain.log_min_duration", "plpgsql.check_asserts"]),
    );
    expect(names).not.toContain("io_method");
  });
});
