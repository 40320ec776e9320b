import { existsSync, statSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parse } from "ini";
import schema from "../../docs/pgconflint.schema.json" with { type: "json" };
import { nearestName } from "../catalog/nearest.ts";
import { PLATFORMS, type Platform } from "../cluster/target.ts";
import { LEVELS, type Level, type LintConfig } from "../engine/config.ts";
import { CONFIDENCES, PROFILES, SEVERITIES } from "../engine/rule.ts";
import { FACT_NAMES, FACTS, factFrom, type Host, spelled } from "../host/facts.ts";
import { WORKLOAD_FACTS, WORKLOAD_NAMES, type Workload, type WorkloadFacts } from "../host/workload.ts";
import validate from "./config-validator.js";
import { readRegularFile } from "./disk.ts";
import { fenceFor } from "./fence.ts";
import { type IniLines, iniLines } from "./ini-lines.ts";
import { UserError } from "./problem.ts";

/** What a pgconflint.ini says. */
export interface Config {
  /** As the user would name it. */
  readonly path: string;
  readonly target: {
    readonly postgres?: string;
    readonly pgbouncer?: string;
    readonly platform?: Platform;
  };
  readonly host: Host;
  readonly workload: Partial<Workload>;
  readonly lint: LintConfig;
  readonly failOn?: FailOn;
  readonly maxWarnings?: number;
  readonly baseline?: string;
  /** Globs of files that are never looked at. */
  readonly exclude?: readonly string[];
}

export const FAIL_ON = [...SEVERITIES, "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];

export const CONFIG_NAME = "pgconflint.ini";

/** The file that was asked for, else the nearest pgconflint.ini from the working directory up to the repository's root. */
export function loadConfig(
  asked: string | undefined,
  cwd: string,
  rules: readonly string[] = [],
): Config | undefined {
  const path = configPath(asked, cwd);
  if (path === undefined) return undefined;
  if (asked === undefined) mustBeOurs(path, cwd);
  const bytes = readRegularFile(resolve(cwd, path));
  if (typeof bytes === "string") throw new UserError(`${path}: ${bytes}`);
  return parseConfig(path, new TextDecoder().decode(bytes), rules);
}

export const configPath = (asked: string | undefined, cwd: string): string | undefined =>
  asked ?? findUpward(cwd);

function findUpward(cwd: string): string | undefined {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const path = join(directory, CONFIG_NAME);
    if (existsSync(path)) return relative(cwd, path);
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory) return undefined;
  }
}

/** A file that nobody named: not one behind a link that leads out of the repository, nor what a stranger left in /tmp. */
function mustBeOurs(path: string, cwd: string): void {
  const absolute = resolve(cwd, path);
  const fence = fenceFor([path], { cwd });
  if (fence && !fence.isInside(absolute))
    throw new UserError(`${path}: a link that leads out of the repository; name the file with --config`);
  if (fence || dirname(absolute) === cwd) return;
  const owner = statSync(absolute).uid;
  if (![0, process.geteuid?.(), statSync(cwd).uid].includes(owner))
    throw new UserError(`${path}: belongs to another user; name it with --config, or have one here`);
}

/** `rules` are the ids that there are. */
export function parseConfig(path: string, text: string, rules: readonly string[] = []): Config {
  const lines = iniLines(path, text);
  const sections: unknown = parse(text);
  if (!validate(sections)) {
    const [first] = validate.errors ?? [];
    throw new UserError(first ? complaint(lines, first) : `${path}: not valid`);
  }
  const words = wordsOf(sections);
  const known = (section: string, key: string, id: string) => knownRule(id, rules, lines.at(section, key));
  const check = words("check");
  const failOn = oneOf(FAIL_ON, check.fail_on);
  return {
    path,
    target: targetOf(words("target")),
    host: hostOf(words("host"), path, lines),
    workload: workloadOf(words("workload"), lines),
    lint: { ...profileOf(check), ...levelsOf(words("rules"), known), ...pathsOf(words("paths"), known) },
    ...(failOn && { failOn }),
    ...(check.max_warnings && { maxWarnings: Number(check.max_warnings) }),
    ...(check.baseline && { baseline: check.baseline }),
    ...(check.exclude && { exclude: listOf(check.exclude) }),
  };
}

function targetOf({ postgres, pgbouncer, platform: word }: Words): Config["target"] {
  const platform = oneOf(PLATFORMS, word);
  return { ...(postgres && { postgres }), ...(pgbouncer && { pgbouncer }), ...(platform && { platform }) };
}

function hostOf(words: Words, path: string, lines: IniLines): Host {
  let host: Host = {};
  for (const name of FACT_NAMES) {
    const key = spelled(name, "_");
    const word = words[key];
    if (word === undefined) continue;
    const fact = factFrom(name, word, path);
    if (!fact[name]) throw new UserError(notWanted(lines, "host", key, word, FACTS[name].wanted));
    host = { ...host, ...fact };
  }
  return host;
}

function workloadOf(words: Words, lines: IniLines): Partial<Workload> {
  let facts: WorkloadFacts = {};
  for (const name of WORKLOAD_NAMES) {
    const key = spelled(name, "_");
    const word = words[key];
    if (word === undefined) continue;
    const value = WORKLOAD_FACTS[name].read(word);
    if (value === undefined)
      throw new UserError(notWanted(lines, "workload", key, word, WORKLOAD_FACTS[name].wanted));
    facts = { ...facts, [name]: value };
  }
  const { superusers } = words;
  return { ...facts, ...(superusers && { superusers: listOf(superusers) }) };
}

const listOf = (words = ""): string[] =>
  words
    .split(",")
    .map((word) => word.trim())
    .filter((word) => word !== "");

function profileOf(check: Words): LintConfig {
  const profile = oneOf(PROFILES, check.profile);
  const minConfidence = oneOf(CONFIDENCES, check.min_confidence);
  return { ...(profile && { profile }), ...(minConfidence && { minConfidence }) };
}

/** Refuses the id of a rule that there is not, with its place. */
type Known = (section: string, key: string, id: string) => void;

function levelsOf(words: Words, known: Known): LintConfig {
  for (const id of Object.keys(words)) known("rules", id, id);
  return Object.keys(words).length === 0 ? {} : { rules: levels(Object.entries(words)) };
}

function pathsOf(words: Words, known: Known): LintConfig {
  const paths = Object.entries(words).map(([glob, list]) => {
    const pairs = list.split(",").map((item) => item.trim().split(":"));
    for (const [id = ""] of pairs) known("paths", glob, id);
    return { glob, rules: levels(pairs) };
  });
  return paths.length === 0 ? {} : { paths };
}

type Words = Readonly<Record<string, string>>;

/** The keys of each section; the schema has seen to it that they are words. */
const wordsOf =
  (sections: unknown) =>
  (name: string): Words => {
    const section: unknown = isRecord(sections) ? sections[name] : undefined;
    const entries = isRecord(section) ? Object.entries(section) : [];
    return Object.fromEntries(entries.map(([key, value]) => [key, String(value)]));
  };

const oneOf = <Word extends string>(words: readonly Word[], word: string | undefined): Word | undefined =>
  words.find((known) => known === word);

const levels = (entries: readonly (readonly string[])[]): Record<string, Level> =>
  Object.fromEntries(
    entries.flatMap(([id = "", word]) => {
      const level = oneOf(LEVELS, word);
      return level ? [[id, level]] : [];
    }),
  );

function knownRule(id: string, rules: readonly string[], place: string): void {
  const topic = id.endsWith("/*") ? id.slice(0, -1) : undefined;
  if (rules.some((rule) => (topic ? rule.startsWith(topic) : rule === id))) return;
  const near = topic ? undefined : nearestName(id, rules);
  throw new UserError(
    `${place}: there is no rule ${id}${near ? `; did you mean ${near}?` : "; see pgconflint rules"}`,
  );
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

type Problem = NonNullable<typeof validate.errors>[number];

/** Sections with the keys that they may have; those of `rules` and `paths` are the user's. */
const KEYS: Readonly<Record<string, readonly string[]>> = Object.fromEntries(
  Object.entries(schema.properties).map(([name, section]) => [
    name,
    "properties" in section ? Object.keys(section.properties) : [],
  ]),
);

/** One line: where, what, and what to write. */
function complaint(lines: IniLines, { instancePath, keyword, params, data }: Problem): string {
  const [section = "", key = ""] = instancePath
    .split("/")
    .slice(1)
    .map((part) => part.replaceAll("~1", "/").replaceAll("~0", "~"));
  if (keyword === "additionalProperties")
    return unknown(lines, section, String(params.additionalProperty), isRecord(data) ? data : {});
  if (key === "") return `${lines.at("", section)}: ${section} is a section; write [${section}]`;
  const choices = Array.isArray(params.allowedValues) ? params.allowedValues.map(String) : undefined;
  const near = choices && nearestName(String(data), choices);
  const wanted = choices
    ? `one of ${choices.join(", ")}${near ? `; did you mean ${near}?` : ""}`
    : (WANTED[section === "paths" ? section : key] ?? "valid");
  return notWanted(lines, section, key, String(data), wanted);
}

const notWanted = (lines: IniLines, section: string, key: string, word: string, wanted: string) =>
  `${lines.at(section, key)}: ${key} = ${word} is not ${wanted}`;

function unknown(
  lines: IniLines,
  section: string,
  name: string,
  parent: Readonly<Record<string, unknown>>,
): string {
  const isSection = section === "" && isRecord(parent[name]);
  const place = isSection ? lines.at(name) : lines.at(section, name);
  if (section === "" && !isSection) {
    const home = Object.keys(KEYS).find((known) => KEYS[known]?.includes(name));
    return `${place}: the key "${name}" stands before any section; ${home ? `it belongs below [${home}]` : "sections come first"}`;
  }
  const known = isSection ? Object.keys(KEYS) : (KEYS[section] ?? []);
  const near = nearestName(name, known);
  const what = isSection ? `section [${name}]` : `key "${name}" in [${section}]`;
  return `${place}: unknown ${what}; ${near ? `did you mean ${near}?` : `known: ${known.join(", ")}`}`;
}

const WANTED: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    Object.entries({ ...FACTS, ...WORKLOAD_FACTS }).map(([name, { wanted }]) => [spelled(name, "_"), wanted]),
  ),
  postgres: "a release from 10 to 18, such as 16 or 16.4",
  pgbouncer: "a release from 1.15 to 1.25, such as 1.25 or 1.25.2",
  max_warnings: "a number",
  exclude: "a list of globs, such as vendor/**, **/*.sample.conf",
  paths: "a list such as access/trust-local:off, backup/*:info",
};
