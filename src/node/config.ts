import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { parse } from "ini";
import schema from "../../docs/pgconflint.schema.json" with { type: "json" };
import { nearestName } from "../catalog/nearest.ts";
import validate from "./config-validator.js";
import { readRegularFile } from "./disk.ts";
import { type IniLines, iniLines } from "./ini-lines.ts";
import { UserError } from "./problem.ts";

/** What a pgconflint.ini says. */
export interface Config {
  /** As the user would name it. */
  readonly path: string;
  readonly target: { readonly postgres?: string; readonly pgbouncer?: string };
}

const NAME = "pgconflint.ini";

/** The file that was asked for, else the nearest pgconflint.ini from the working directory up to the repository's root. */
export function loadConfig(asked: string | undefined, cwd: string): Config | undefined {
  const path = asked ?? findUpward(cwd);
  if (path === undefined) return undefined;
  const bytes = readRegularFile(resolve(cwd, path));
  if (typeof bytes === "string") throw new UserError(`${path}: ${bytes}`);
  return parseConfig(path, new TextDecoder().decode(bytes));
}

function findUpward(cwd: string): string | undefined {
  for (let directory = cwd; ; directory = dirname(directory)) {
    const path = join(directory, NAME);
    if (existsSync(path)) return relative(cwd, path);
    if (existsSync(join(directory, ".git")) || dirname(directory) === directory) return undefined;
  }
}

export function parseConfig(path: string, text: string): Config {
  const lines = iniLines(path, text);
  const sections: unknown = parse(text);
  if (!validate(sections)) {
    const [first] = validate.errors ?? [];
    throw new UserError(first ? complaint(lines, first) : `${path}: not valid`);
  }
  return { path, target: targetOf(sections) };
}

function targetOf(sections: unknown): Config["target"] {
  const target: unknown = isRecord(sections) ? sections.target : undefined;
  if (!isRecord(target)) return {};
  const { postgres, pgbouncer } = target;
  return {
    ...(typeof postgres === "string" && { postgres }),
    ...(typeof pgbouncer === "string" && { pgbouncer }),
  };
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

type Problem = NonNullable<typeof validate.errors>[number];

const KEYS: Readonly<Record<string, readonly string[]>> = {
  target: Object.keys(schema.properties.target.properties),
};

/** One line: where, what, and what to write. */
function complaint(lines: IniLines, { instancePath, keyword, params, data }: Problem): string {
  const [section = "", key = ""] = instancePath.split("/").slice(1);
  if (keyword === "additionalProperties")
    return unknown(lines, section, String(params.additionalProperty), isRecord(data) ? data : {});
  if (key === "") return `${lines.at("", section)}: ${section} is a section; write [${section}]`;
  const wanted = keyword === "pattern" ? EXAMPLES[key] : "one value";
  return `${lines.at(section, key)}: ${key} = ${String(data)} is not ${wanted ?? "valid"}`;
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
};
