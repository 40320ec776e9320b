import { describe, expect, test } from "vitest";
import { settingIn } from "../../src/catalog/postgres.ts";
import { parsePostgresVersion } from "../../src/catalog/version.ts";
import { parseValue } from "../../src/values/parse.ts";

/** What `postgres -C NAME` would print, or the server's message. */
function judge(major: string, name: string, text: string): string {
  const version = parsePostgresVersion(major);
  const setting = version && settingIn(version, name);
  if (!version || !setting) return `no ${name} in ${major}`;
  const current = (other: string) => Number(settingIn(version, other)?.default ?? 0);
  const parsed = parseValue(setting, text, { version, shown: name, current });
  return "message" in parsed ? parsed.message : parsed.base;
}

describe("numbers and units", () => {
  test.each([
    ["18", "work_mem", "64MB", "65536"],
    ["18", "work_mem", "0.1MB", "102"],
    ["18", "work_mem", ".1GB", "104448"],
    ["18", "work_mem", "0.1GB", "104448"],
    ["18", "work_mem", "  0x1000 kB ", "4096"],
    ["18", "work_mem", "1e3", "1000"],
    ["18", "work_mem", "64mb", 'invalid value for parameter "work_mem": "64mb"'],
    [
      "18",
      "work_mem",
      "63",
      '63 kB is outside the valid range for parameter "work_mem" (64 kB .. 2147483647 kB)',
    ],
    ["16", "work_mem", "63", '63 kB is outside the valid range for parameter "work_mem" (64 .. 2147483647)'],
    ["11", "work_mem", "63", '63 is outside the valid range for parameter "work_mem" (64 .. 2147483647)'],
    ["18", "shared_buffers", "128MB", "16384"],
    ["18", "statement_timeout", "1500us", "2"],
    ["18", "statement_timeout", "500us", "0"],
    ["11", "statement_timeout", "500us", 'invalid value for parameter "statement_timeout": "500us"'],
    ["18", "checkpoint_timeout", "31500ms", "32"],
    ["11", "checkpoint_timeout", "31500ms", "31"],
    ["18", "max_connections", "010", "8"],
    ["18", "max_connections", "2147483648", 'invalid value for parameter "max_connections": "2147483648"'],
    ["18", "random_page_cost", "1.1", "1.1"],
    ["18", "vacuum_cost_delay", "0.0005ms", "0"],
    ["11", "random_page_cost", "x", 'parameter "random_page_cost" requires a numeric value'],
    [
      "18",
      "seq_page_cost",
      "inf",
      'Infinity is outside the valid range for parameter "seq_page_cost" (0 .. 1.79769e+308)',
    ],
    [
      "10",
      "seq_page_cost",
      "inf",
      'inf is outside the valid range for parameter "seq_page_cost" (0 .. 1.79769e+308)',
    ],
    ["18", "autovacuum_work_mem", "10", "64"],
    ["16", "autovacuum_work_mem", "10", "1024"],
  ])("%s: %s = %j is %s", (major, name, text, said) => expect(judge(major, name, text)).toBe(said));
});

describe("words", () => {
  test.each([
    ["18", "fsync", "of", "off"],
    ["18", "fsync", "TR", "on"],
    ["18", "fsync", "o", 'parameter "fsync" requires a Boolean value'],
    ["18", "wal_level", "hot_standby", "replica"],
    ["18", "wal_level", "Logical", "logical"],
    ["18", "synchronous_commit", "true", "on"],
    ["18", "synchronous_commit", "t", 'invalid value for parameter "synchronous_commit": "t"'],
    ["18", "client_min_messages", "fatal", 'invalid value for parameter "client_min_messages": "fatal"'],
    ["13", "password_encryption", "on", "md5"],
    ["14", "password_encryption", "on", 'invalid value for parameter "password_encryption": "on"'],
    ["18", "wal_compression", "zstd", "zstd"],
  ])("%s: %s = %j is %s", (major, name, text, said) => expect(judge(major, name, text)).toBe(said));
});

describe("texts that the server looks at", () => {
  test.each([
    ["18", "DateStyle", "german", "German, DMY"],
    ["18", "TimeZone", "europe/berlin", "europe/berlin"],
    ["18", "TimeZone", "-5.5", "-5.5"],
    ["18", "TimeZone", "168", 'invalid value for parameter "TimeZone": "168"'],
    ["18", "TimeZone", "EST5EDT,M3.2.0,M11.1.0", "EST5EDT,M3.2.0,M11.1.0"],
    ["18", "TimeZone", "Abc", 'invalid value for parameter "TimeZone": "Abc"'],
    ["18", "TimeZone", "interval '-08:00'", "interval '-08:00'"],
    ["18", "client_encoding", "utf-8", "UTF8"],
    ["18", "synchronous_standby_names", '2 ("node-a", *)', '2 ("node-a", *)'],
    [
      "18",
      "synchronous_standby_names",
      "0 (a)",
      "number of synchronous standbys (0) must be greater than zero",
    ],
    [
      "18",
      "recovery_target_time",
      "2024-02-30 10:00",
      'invalid value for parameter "recovery_target_time": "2024-02-30 10:00"',
    ],
    ["18", "recovery_target_time", "2024-02-29 10:00:00+01", "2024-02-29 10:00:00+01"],
    ["16", "application_name", "é", "\\xc3\\xa9"],
    ["15", "application_name", "é", "??"],
    ["17", "max_connections", "262143", 'invalid value for parameter "max_connections": 262143'],
    ["18", "max_connections", "262143", "262143"],
    ["18", "max_stack_depth", "9MB", 'invalid value for parameter "max_stack_depth": 9216'],
  ])("%s: %s = %j is %s", (major, name, text, said) => expect(judge(major, name, text)).toBe(said));
});
