import { settingIn } from "../catalog/postgres.ts";
import type { Setting } from "../catalog/setting.ts";
import type { Version } from "../catalog/version.ts";
import type { ConfDocument } from "../syntax/postgresql-conf.ts";
import { canonicalPath, type FileSet } from "../text/files.ts";
import { lineMap } from "../text/lines.ts";
import type { Place, Source } from "../text/source.ts";
import type { Value } from "../values/hooks/hook.ts";
import { type Accepted, baseText, parseValue } from "../values/parse.ts";
import { type ConfItem, loadConf, skippedFile } from "./conf-files.ts";
import type { ConfProblem } from "./conf-problems.ts";
import { isMainFile } from "./kinds.ts";
import { RecoveryTargets } from "./recovery-targets.ts";

/** A setting's effective value and the line that it comes from; no item means the built-in default. */
export interface EffectiveSetting extends Accepted {
  readonly setting: Setting;
  readonly item: ConfItem | null;
}

/** A parameter of a library's own, such as `pg_stat_statements.max`; any text passes until the library is loaded. */
export interface Placeholder {
  readonly item: ConfItem;
  readonly value: string;
}

/** All of a server's settings, as it has them after reading its files. */
export interface Conf {
  readonly main: Source;
  readonly version: Version;
  readonly documents: readonly ConfDocument[];
  readonly problems: readonly ConfProblem[];
  /** Includes of files that were not to be read; what they set is not known. */
  readonly notFollowed: readonly ConfItem[];
  /** Every line that sets something, in the order in which the server reads them. */
  readonly items: readonly ConfItem[];
  /** Lines that a later line of the same name replaces, with that line. */
  readonly superseded: ReadonlyMap<ConfItem, ConfItem>;
  /** Names with a dot that this version does not know itself, by name in lower case. */
  readonly placeholders: ReadonlyMap<string, Placeholder>;
  /** The settings that a line sets, by canonical name. */
  readonly set: ReadonlyMap<string, EffectiveSetting>;
  /** False where only a part of the configuration was given, so that a setting that is not in it may still be set. */
  readonly whole: boolean;
  /** The effective value of a setting, or its default; undefined where this version has no such setting. */
  get(name: string): EffectiveSetting | undefined;
  /**
   * The same where we can be sure of it. A default counts only where the whole configuration was given, no line for
   * the setting was refused, and nothing that could not be read may set it.
   */
  known(name: string): EffectiveSetting | undefined;
}

export interface ConfInput {
  readonly main: Source;
  readonly auto?: Source | undefined;
  /** `-c name=value` of the server's command line, which wins over every file. */
  readonly options?: Readonly<Record<string, string>>;
}

/** `main` with its includes, then postgresql.auto.conf, as `ProcessConfigFile` of guc-file.l takes them. */
export function resolveConf(files: FileSet, { main, auto, options = {} }: ConfInput, version: Version): Conf {
  const loaded = loadConf(files, main);
  // Read even where the main file is broken; the server would stop before it, and hide what is wrong here.
  for (const later of [auto, commandLine(options)]) {
    if (!later) continue;
    const more = loadConf(files, later);
    for (const item of more.items) loaded.items.push(item);
    for (const document of more.documents) loaded.documents.push(document);
    for (const problem of more.problems) loaded.problems.push(problem);
    for (const include of more.notFollowed) loaded.notFollowed.push(include);
  }
  const { items, documents, problems, notFollowed } = loaded;
  const whole = isMainFile(main.path);
  const settings = new Map<ConfItem, Setting>();
  const superseded = findNames(items, version, settings, problems);
  const set = new Map<string, EffectiveSetting>();
  const placeholders = new Map<string, Placeholder>();
  const defaultOf = defaultsOf(version);
  const get = (name: string) => set.get(name) ?? defaultOf(name);
  const current = (name: string): Value => get(name)?.value ?? "";
  const targets = new RecoveryTargets(version);

  for (const item of items) {
    if (superseded.has(item)) continue;
    const setting = settings.get(item);
    const { entry } = item;
    if (!setting) {
      if (entry.name.includes(".")) placeholders.set(entry.name.toLowerCase(), { item, value: entry.value });
      continue;
    }
    const place: Place = { source: item.source, span: entry.valueSpan };
    const shown = version.major >= 18 ? setting.name : entry.name;
    if (setting.context === "internal") {
      const server = {
        effect: "refuses",
        when: "read",
        message: `parameter "${shown}" cannot be changed`,
      } as const;
      problems.push({ kind: "conf/cannot-change", place, entry, setting, server });
      continue;
    }
    const parsed = parseValue(setting, entry.value, { version, shown, current });
    const refusal = "message" in parsed ? parsed : targets.assign(setting.name, entry.value);
    if (refusal) {
      const { message, detail, hint } = refusal;
      const words = { ...(detail !== undefined && { detail }), ...(hint !== undefined && { hint }) };
      const server = { effect: "refuses", when: "read", message, ...words } as const;
      problems.push({ kind: "conf/value", place, entry, setting, refusal, server });
    }
    if (!("message" in parsed) && !withoutEffect(setting))
      set.set(setting.name, { setting, item, ...parsed });
  }
  const dataDirectory = set.get("data_directory");
  if (!auto && dataDirectory?.item) {
    const { entry, source } = dataDirectory.item;
    const path = canonicalPath(`${dataDirectory.base}/postgresql.auto.conf`);
    problems.push(skippedFile({ source, span: entry.valueSpan }, path, "data_directory"));
  }
  const isHidden = notFollowed.length > 0 ? () => true : hiddenBy(problems);
  const known = (name: string) => set.get(name) ?? (whole && !isHidden(name) ? defaultOf(name) : undefined);
  return {
    main,
    version,
    documents,
    problems,
    notFollowed,
    items,
    superseded,
    placeholders,
    set,
    whole,
    get,
    known,
  };
}

/** Which settings may stand in what the server would not read: a broken line begins with its name, a missing file may hold any. */
function hiddenBy(problems: readonly ConfProblem[]): (name: string) => boolean {
  if (problems.some(({ kind }) => kind === "conf/include" || kind === "conf/abandoned")) return () => true;
  const hidden = new Set(
    problems.flatMap((problem) => {
      if (problem.kind === "conf/value") return problem.setting.name.toLowerCase();
      return problem.kind === "conf/syntax" ? firstWord(problem.place) : [];
    }),
  );
  return (name) => hidden.has(name.toLowerCase());
}

function firstWord({ source, span }: Place): string {
  const lines = lineMap(source);
  const { start, end } = lines.spanOfLine(lines.lineAt(span.start));
  return (/^[ \t]*([\w.]+)/.exec(source.text.slice(start, end))?.[1] ?? "").toLowerCase();
}

/**
 * The second phase of ProcessConfigFile: looks every name up, and marks a line as superseded where a later one has
 * the same spelling, byte for byte. An unknown name with a dot is not yet a parameter then, so all of its lines stand.
 */
function findNames(
  items: readonly ConfItem[],
  version: Version,
  settings: Map<ConfItem, Setting>,
  problems: ConfProblem[],
) {
  const superseded = new Map<ConfItem, ConfItem>();
  const live = new Map<string, ConfItem>();
  for (const item of items) {
    const { entry, source } = item;
    const setting = settingIn(version, entry.name);
    if (setting && setting.module === null) {
      settings.set(item, setting);
      const earlier = live.get(entry.name);
      if (earlier) superseded.set(earlier, item);
      live.set(entry.name, item);
    } else if (!entry.name.includes(".")) {
      const message = `unrecognized configuration parameter "${entry.name}" in file "${source.path}" line ${entry.line}`;
      const place = { source, span: entry.nameSpan };
      problems.push({
        kind: "conf/unknown-setting",
        place,
        entry,
        server: { effect: "refuses", when: "read", message },
      });
    }
  }
  return superseded;
}

/** The options as lines of a file that is called "command line", so that messages can point at them. */
function commandLine(options: Readonly<Record<string, string>>): Source | undefined {
  const lines = Object.entries(options).map(
    ([name, value]) => `${name} = '${value.replaceAll(/['\\]/g, "$&$&")}'`,
  );
  return lines.length === 0
    ? undefined
    : { path: "(command line)", text: lines.join("\n"), encoding: "utf-8" };
}

const defaults = new Map<string, Map<string, EffectiveSetting | undefined>>();

/** The defaults of a release, by the name that rules ask for; each is made once. */
function defaultsOf(version: Version): (name: string) => EffectiveSetting | undefined {
  const release = `${version.major}.${version.minor}`;
  const known = defaults.get(release) ?? new Map<string, EffectiveSetting | undefined>();
  defaults.set(release, known);
  return (name) => {
    if (known.has(name)) return known.get(name);
    const setting = settingIn(version, name);
    const value = setting && defaultValue(setting);
    const effective =
      setting && value !== undefined
        ? { setting, item: null, value, base: baseText(setting, value) }
        : undefined;
    known.set(name, effective);
    return effective;
  };
}

function defaultValue(setting: Setting): Value {
  const text = setting.default ?? "";
  if (setting.type === "bool") return text === "on";
  return setting.type === "integer" || setting.type === "real" ? Number(text) : text;
}

/** Settings that a file may name, and that stay what they are: the command line or the transaction decides them. */
const withoutEffect = ({ name, flags }: Setting): boolean =>
  name === "config_file" || (name.startsWith("transaction_") && flags.includes("DISALLOW_IN_FILE"));
