import { settingIn } from "../../catalog/postgres.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import type { Platform } from "../../cluster/target.ts";
import type { Value } from "../../values/hooks/hook.ts";
import { splitDirectories, splitIdentifiers } from "../../values/lists.ts";
import { parseValue } from "../../values/parse.ts";

/** Where these run a server, they decide where its log goes, whatever the files say. */
const KEEP_THE_LOG: ReadonlySet<Platform> = new Set(["cnpg", "rds", "cloudsql", "azure"]);

/** Does the configuration decide where the log goes? */
export const ownsLog = ({ target }: Cluster): boolean => !KEEP_THE_LOG.has(target.platform);

/** The words of log_destination; undefined where they are not known. */
export function destinationsOf(conf: Conf): readonly string[] | undefined {
  const setting = conf.known("log_destination");
  return setting && splitIdentifiers(setting.base);
}

/** Does the server write its own log files? */
export const writesLogFiles = (conf: Conf): boolean => conf.known("logging_collector")?.value === true;

/** What log_connections logs: nothing, or the stages of a connection that it names. */
export function connectionStages({ value }: EffectiveSetting): readonly string[] {
  if (typeof value !== "string") return value === true ? STAGES : [];
  const words = splitIdentifiers(value) ?? [];
  if (words.some((word) => ["on", "true", "yes", "1", "all"].includes(word))) return STAGES;
  return words.filter((word) => STAGES.includes(word));
}

const STAGES: readonly string[] = ["receipt", "authentication", "authorization"];

const PRELOADS = ["shared_preload_libraries", "session_preload_libraries", "local_preload_libraries"];

/** The libraries that one of the settings loads, without path and ending. */
export const librariesIn = (conf: Conf, ...settings: readonly string[]): string[] =>
  settings
    .flatMap((name) => splitDirectories(conf.known(name)?.base ?? "") ?? [])
    .map((path) => path.replace(/^.*\//, "").replace(/\.so$/, ""));

/** The libraries that the server or every session loads. */
export function preloadedIn(conf: Conf): readonly string[] {
  const known = preloaded.get(conf) ?? librariesIn(conf, ...PRELOADS);
  preloaded.set(conf, known);
  return known;
}
const preloaded = new WeakMap<Conf, readonly string[]>();

/** Does the log stand outside of the data directory, which lets no other account in? Undefined: nobody says. */
export function logsOutside(conf: Conf): boolean | undefined {
  const directory = conf.known("log_directory")?.base;
  if (directory === undefined) return undefined;
  const data = conf.known("data_directory")?.base.replace(/\/+$/, "");
  return directory.startsWith("/") && !(data && directory.startsWith(`${data}/`));
}

/** The value of a library's own setting, as the library has it once it is loaded. */
export function libraryValue({ placeholders, version }: Conf, name: string): Value | undefined {
  const setting = settingIn(version, name);
  const text = placeholders.get(name)?.value ?? setting?.default ?? undefined;
  if (!setting || text === undefined) return undefined;
  const parsed = parseValue(setting, text, { version, shown: name, current: () => "" });
  return "message" in parsed ? undefined : parsed.value;
}

/** Does something beside log_min_duration_statement record slow statements, as far as anybody can tell? */
export function logsSlowStatements(conf: Conf): boolean {
  if (!conf.whole) return true;
  const sample = conf.known("log_min_duration_sample")?.value ?? -1;
  const plans = preloadedIn(conf).includes("auto_explain")
    ? libraryValue(conf, "auto_explain.log_min_duration")
    : -1;
  return conf.known("log_statement")?.value === "all" || sample !== -1 || plans !== -1;
}

/** Do the lines of log_line_prefix reach anything? A csvlog and a jsonlog have fields instead. */
export const usesPrefix = (destinations: readonly string[]): boolean =>
  destinations.some((word) => word === "stderr" || word === "syslog" || word === "eventlog");
