export const TYPES = ["bool", "integer", "real", "string", "enum"] as const;
export const CONTEXTS = [
  "internal",
  "postmaster",
  "sighup",
  "backend",
  "superuser-backend",
  "superuser",
  "user",
] as const;
export const UNITS = ["B", "kB", "8kB", "MB", "ms", "s", "min"] as const;

/** One setting as one version of the server knows it. Numbers are in the setting's own `unit`. */
export interface Setting {
  /** The canonical spelling, such as "DateStyle". */
  readonly name: string;
  readonly type: (typeof TYPES)[number];
  /** When it can change: `internal` never, `postmaster` at a start, `sighup` at a reload, the others in a session too. */
  readonly context: (typeof CONTEXTS)[number];
  /** What a bare number counts; null where the value has no unit. */
  readonly unit: (typeof UNITS)[number] | null;
  /** The range of an integer or a real; 0 for the other types. */
  readonly min: number;
  readonly max: number;
  /** The words of an enum that the server lists in its HINT, in that order; empty for the other types. */
  readonly values: readonly string[];
  /**
   * The words of an enum that the server reports as another: accepted but unlisted ones, and a few listed ones
   * (`wal_compression = on` is reported as pglz). PostgreSQL 10 and 11 even report an unlisted one: debug2 as debug.
   */
  readonly hidden: Readonly<Record<string, string>>;
  /** The words of an enum that only some builds have, such as lz4, zstd and io_uring. */
  readonly buildValues: readonly string[];
  /** The built-in default in base units, as `boot_val` of pg_settings; null where the server has none. */
  readonly default: string | null;
  /**
   * The flags of pg_settings_get_flags(), carried back to majors before 15, which do not tell them; and
   * DISALLOW_IN_FILE, DISALLOW_IN_AUTO_FILE, BUILD_DEFAULT (the default is a choice of who built the server).
   */
  readonly flags: readonly string[];
  /** The library that defines it; null for the server's own. */
  readonly module: string | null;
  /** The group it stands under in the documentation, such as "Resource Usage / Memory". */
  readonly category: string;
}
