import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nearestName, nearestSetting } from "../../src/catalog/nearest.ts";

const in17 = (name: string) => nearestSetting({ major: 17, minor: null }, name);

describe("nearestSetting", () => {
  it.each([
    // A letter too many, too few, or another.
    ["shared_bufers", "shared_buffers"],
    ["max_connection", "max_connections"],
    ["autovaccum", "autovacuum"],
    ["password_encription", "password_encryption"],
    ["max_paralel_workers", "max_parallel_workers"],
    ["synchronous_standby_name", "synchronous_standby_names"],
    // Two neighbours swapped.
    ["wrok_mem", "work_mem"],
    ["wal_levle", "wal_level"],
    ["prot", "port"],
    // Underscores.
    ["sharedbuffers", "shared_buffers"],
    ["maxconnections", "max_connections"],
    ["effectivecachesize", "effective_cache_size"],
    ["auto_vacuum", "autovacuum"],
    // Words left out, or in another order.
    ["effective_cache", "effective_cache_size"],
    ["maintenance_mem", "maintenance_work_mem"],
    ["checkpoint_target", "checkpoint_completion_target"],
    ["idle_in_transaction_timeout", "idle_in_transaction_session_timeout"],
    ["buffers_shared", "shared_buffers"],
    // PgBouncer's way of saying it.
    ["listen_addr", "listen_addresses"],
    ["unix_socket_dir", "unix_socket_directories"],
    // Other spellings of the name itself.
    ["datestile", "DateStyle"],
    ["WRK_MEM", "work_mem"],
    ["pg_stat_statements.trak", "pg_stat_statements.track"],
  ])("%s → %s", (written, meant) => {
    expect(in17(written)).toBe(meant);
  });

  it.each(["foo", "banana_split", "log_min_duration", "tcp_keepalive", "x", "", "a".repeat(10_000)])(
    "has nothing to offer for %.20s",
    (written) => {
      expect(in17(written)).toBeUndefined();
    },
  );

  it("offers only what the version has", () => {
    expect(nearestSetting({ major: 12, minor: null }, "wal_keep_segment")).toBe("wal_keep_segments");
    expect(nearestSetting({ major: 17, minor: null }, "io_methd")).toBeUndefined();
    expect(nearestSetting({ major: 18, minor: null }, "io_methd")).toBe("io_method");
  });
});

describe("nearestName", () => {
  it("prefers what begins alike, then what stands first", () => {
    expect(nearestName("work_memx", ["mork_memx", "work_memy"])).toBe("work_memy");
    expect(nearestName("abcde", ["abcdf", "abcdg"])).toBe("abcdf");
  });

  it("always finds a name that lacks one letter", () => {
    const names = ["checkpoint_timeout", "max_wal_size", "wal_buffers", "hot_standby_feedback"];
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.nat(), (name, at) => {
        const cut = at % name.length;
        return nearestName(name.slice(0, cut) + name.slice(cut + 1), names) === name;
      }),
    );
  });

  it("answers with one of the names or nothing, whatever the text", () => {
    const names = ["work_mem", "port", "DateStyle"];
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const found = nearestName(text, names);
        return found === undefined || names.includes(found);
      }),
    );
  });
});
