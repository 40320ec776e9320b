import type { Fact } from "./facts.ts";

const setting = (name: string, type: string, context: string, more: Partial<Fact> = {}): Fact => ({
  name,
  type,
  context,
  unit: null,
  min: 0,
  max: 0,
  values: [],
  hidden: {},
  default: null,
  flags: [],
  module: null,
  category: "Customized Options",
  short: "",
  extra: null,
  ...more,
});

/** Settings that answer SHOW but are in no view, from guc.c. */
export const HIDDEN_SETTINGS: readonly Fact[] = [
  setting("default_with_oids", "bool", "user", {
    default: "off",
    flags: ["NO_SHOW_ALL", "NOT_IN_SAMPLE"],
    category: "Version and Platform Compatibility / Previous PostgreSQL Versions",
    short: "WITH OIDS is no longer supported; this can only be false.",
  }),
  setting("is_superuser", "bool", "internal", {
    default: "off",
    flags: ["NO_SHOW_ALL", "NO_RESET_ALL", "NOT_IN_SAMPLE", "DISALLOW_IN_FILE"],
    category: "Ungrouped",
    short: "Shows whether the current user is a superuser.",
  }),
  setting("role", "string", "user", {
    default: "none",
    flags: ["NO_SHOW_ALL", "NO_RESET_ALL", "NOT_IN_SAMPLE", "DISALLOW_IN_FILE"],
    category: "Ungrouped",
    short: "Sets the current role.",
  }),
  setting("seed", "real", "user", {
    min: -1,
    max: 1,
    default: "0",
    flags: ["NO_SHOW_ALL", "NO_RESET_ALL", "NOT_IN_SAMPLE", "DISALLOW_IN_FILE"],
    category: "Ungrouped",
    short: "Sets the seed for random-number generation.",
  }),
  setting("session_authorization", "string", "user", {
    flags: ["NO_SHOW_ALL", "NO_RESET_ALL", "NOT_IN_SAMPLE", "DISALLOW_IN_FILE"],
    category: "Ungrouped",
    short: "Sets the session user name.",
  }),
  setting("ssl_renegotiation_limit", "integer", "user", {
    default: "0",
    flags: ["NO_SHOW_ALL", "NOT_IN_SAMPLE", "DISALLOW_IN_FILE"],
    category: "Connections and Authentication / SSL",
    short: "SSL renegotiation is no longer supported; this can only be 0.",
  }),
];

/** Settings of modules that cannot be loaded here (no libperl, no SELinux), from plperl.c and contrib/sepgsql/hooks.c. */
export const UNLOADABLE_SETTINGS: readonly Fact[] = [
  setting("plperl.on_init", "string", "sighup", {
    module: "plperl",
    short: "Perl initialization code to execute when a Perl interpreter is initialized.",
  }),
  setting("plperl.on_plperl_init", "string", "superuser", {
    module: "plperl",
    short: "Perl initialization code to execute once when plperl is first used.",
  }),
  setting("plperl.on_plperlu_init", "string", "superuser", {
    module: "plperl",
    short: "Perl initialization code to execute once when plperlu is first used.",
  }),
  setting("plperl.use_strict", "bool", "user", {
    module: "plperl",
    default: "off",
    short: "If true, trusted and untrusted Perl code will be compiled in strict mode.",
  }),
  setting("sepgsql.debug_audit", "bool", "user", {
    module: "sepgsql",
    default: "off",
    short: "Turn on/off debug audit messages.",
  }),
  setting("sepgsql.permissive", "bool", "sighup", {
    module: "sepgsql",
    default: "off",
    short: "Turn on/off permissive mode in SE-PostgreSQL.",
  }),
];

/** Words of enums that stand or fall with how the server was built, or on what. */
export const BUILD_WORDS: readonly { name: string; from: number; words: readonly string[] }[] = [
  { name: "default_toast_compression", from: 14, words: ["lz4"] },
  { name: "io_method", from: 18, words: ["io_uring"] },
  { name: "wal_compression", from: 15, words: ["lz4", "zstd"] },
];

/** Settings whose default is a choice of the build, with the default of the plain sources. */
export const BUILD_DEFAULTS: ReadonlyMap<string, string> = new Map([
  ["krb_server_keyfile", ""],
  ["unix_socket_directories", "/tmp"],
]);

/** Settings that came with a minor release, by major: the fixes of 2022-08-11, 2024-08-08 and 2026-02-12 brought them. */
export const FIRST_MINORS = new Map<string, Readonly<Record<string, number>>>([
  ["allow_in_place_tablespaces", { 10: 22, 11: 17, 12: 12, 13: 8, 14: 5 }],
  ["file_extend_method", { 16: 12, 17: 8, 18: 2 }],
  ["restrict_nonsystem_relation_kind", { 12: 20, 13: 16, 14: 13, 15: 8, 16: 4 }],
]);
