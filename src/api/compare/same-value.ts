import { foldName } from "../../catalog/fold.ts";
import type { EffectiveSetting } from "../../cluster/conf.ts";
import { splitDirectories, splitIdentifiers, splitNames } from "../../values/lists.ts";

type Split = (text: string) => string[] | undefined;

/** Lists of which the server heeds the order: who is searched, or loaded, first. */
const ORDERED: Readonly<Record<string, Split>> = {
  search_path: splitIdentifiers,
  shared_preload_libraries: splitDirectories,
  session_preload_libraries: splitDirectories,
  local_preload_libraries: splitDirectories,
  DateStyle: splitIdentifiers,
};

/** Lists that mean the same in any order. */
const UNORDERED: Readonly<Record<string, Split>> = {
  createrole_self_grant: splitIdentifiers,
  debug_io_direct: splitIdentifiers,
  listen_addresses: splitIdentifiers,
  log_destination: splitIdentifiers,
  oauth_validator_libraries: splitDirectories,
  restrict_nonsystem_relation_kind: splitIdentifiers,
  synchronized_standby_slots: splitIdentifiers,
  temp_tablespaces: splitIdentifiers,
  unix_socket_directories: splitDirectories,
  wal_consistency_checking: splitNames,
};

/** A text that is equal for two values exactly where their servers, of any two releases, mean the same by them. */
export function sameValue({ setting, base }: Pick<EffectiveSetting, "setting" | "base">): string {
  if (setting.name === "log_connections") return connections(base);
  // One word for it up to 14, and one of several from 15 on.
  if (setting.name === "wal_compression" && base === "on") return "pglz";
  const ordered = ORDERED[setting.name]?.(base);
  if (ordered) return JSON.stringify(ordered);
  const words = UNORDERED[setting.name]?.(base);
  return words ? JSON.stringify(words.map(foldName).sort()) : base;
}

/** A switch up to 17, and from 18 on a list of what to tell; `on` is what it was before. */
function connections(base: string): string {
  const words = (splitIdentifiers(base) ?? [base]).map(foldName).sort();
  const [only = "off", ...others] = words;
  if (others.length > 0) return words.join() === AS_BEFORE ? "on" : words.join();
  if (["off", "false", "no", "0"].includes(only)) return "off";
  return ["on", "true", "yes", "1"].includes(only) ? "on" : only;
}

const AS_BEFORE = "authentication,authorization,receipt";
