import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parse } from "ini";
import schema from "../../docs/pgconflint.schema.json" with { type: "json" };
import { nearestName } from "../catalog/nearest.ts";
import { PLATFORMS, type Platform } from "../cluster/target.ts";
import { LEVELS, type Level, type LintConfig } from "../engine/config.ts";
import { CONFIDENCES, PROFILES, SEVERITIES } from "../engine/rule.ts";
import { parseBytes } from "../host/bytes.ts";
import { DISKS, type HostInput } from "../host/facts.ts";
import { WORKLOADS, type Workload } from "../host/workload.ts";
import validate from "./config-validator.js";
import { readRegularFile } from "./disk.ts";
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
  readonly host: HostInput;
  readonly workload: Partial<Workload>;
  readonly lint: LintConfig;
  readonly failOn?: FailOn;
  readonly maxWarnings?: number;
  readonly baseline?: string;
}

export const FAIL_ON = [...SEVERITIES, "never"] as const;
export type FailOn = (typeof FAIL_ON)[number];

const NAME = "pgconflint.ini";

/** The file that was asked for, else the nearest pgconflint.ini from the working directory up to the repository's root. */
export function loadConfig(
  asked: string | undefined,
  cwd: string,
  rules: readonly string[] = [],
): Config | undefined {
  const path = asked ?? findUpward(cwd);
  if (path === undefined) return undefined;
  const bytes = readRegularFile(resolve(cwd, path));
  if (typeof bytes === "string") throw new UserError(`${path}: ${bytes}`);
  return parseConfig(path, new TextDecoder().decode(bytes), rules);
}

function findUpward(cwd: string): string | undefined {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const path = join(directory, NAME);
    if (existsSync(path)) return relative(cwd, path);
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory) return undefined;
  }
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
    host: hostOf(words("host")),
    workload: workloadOf(words("workload")),
    lint: { ...profileOf(check), ...levelsOf(words("rules"), known), ...pathsOf(words("paths"), known) },
    ...(failOn && { failOn }),
    ...(check.max_warnings && { maxWarnings: Number(check.max_warnings) }),
    ...(check.baseline && { baseline: check.baseline }),
  };
}

function targetOf({ postgres, pgbouncer, platform: word }: Words): Config["target"] {
  const platform = oneOf(PLATFORMS, word);
  return { ...(postgres && { postgres }), ...(pgbouncer && { pgbouncer }), ...(platform && { platform }) };
}

function hostOf(words: Words): HostInput {
  const memory = parseBytes(words.memory ?? "");
  const disk = oneOf(DISKS, words.disk);
  return {
    ...(memory && { memory }),
    ...(words.cpus && { cpus: Number(words.cpus) }),
    ...(disk && { disk }),
  };
}

function workloadOf({ kind: word, connections, superusers }: Words): Partial<Workload> {
  const kind = oneOf(WORKLOADS, word);
  return {
    ...(kind && { kind }),
    ...(connections && { connections: Number(connections) }),
    ...(superusers && { superusers: superusers.split(",").map((role) => role.trim()) }),
  };
}

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
    : (EXAMPLES[section === "paths" ? section : key] ?? "valid");
  return `${lines.at(section, key)}: ${key} = ${String(data)} is not ${wanted}`;
}

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

const EXAMPLES: Readonly<Record<string, string>> = {
  postgres: "a release from 10 to 18, such as 16 or 16.4",
  pgbouncer: "a release from 1.15 to 1.25, such as 1.25 or 1.25.2",
  memory: "an amount of memory, such as 32GB",
  cpus: "a number of processors",
  connections: "a number of sessions",
  max_warnings: "a number",
  paths: "a list such as access/trust-local:off, backup/*:info",
};
