import type { Facts, Line } from "../../src/catalog/postgres.ts";
import type { Fact, ServerFacts } from "./facts.ts";
import { BUILD_DEFAULTS, BUILD_WORDS, FIRST_MINORS } from "./known.ts";

/** Joins what the servers of all majors say into one line a setting. */
export function eras(servers: readonly ServerFacts[], categories: readonly string[]): Line[] {
  const names = new Map<string, string>();
  for (const { facts } of servers) for (const name of facts.keys()) names.set(name.toLowerCase(), name);
  return Array.from(names.values())
    .sort((a, b) => (a.toLowerCase() < b.toLowerCase() ? -1 : 1))
    .map((name) => lineOf(name, servers, categories));
}

function lineOf(name: string, servers: readonly ServerFacts[], categories: readonly string[]): Line {
  const known = servers.flatMap(({ major, facts }) => {
    const fact = facts.get(name);
    return fact ? [{ major, fact }] : [];
  });
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last) throw new Error(`no server knows ${name}`);
  if (last.major - first.major !== known.length - 1) throw new Error(`${name} went away and came back`);
  const flags = knownFlags(known);
  const category = categories.indexOf(last.fact.category);
  const states = known.map(({ major, fact }) => ({
    major,
    facts: factsOf(fact, major, flags(major), category),
  }));
  const changes = states.flatMap(({ major, facts }, at) => {
    const before = states[at - 1];
    return before ? changed(before.facts, facts, major) : [];
  });
  return {
    name,
    ...(first.major === servers[0]?.major ? {} : { from: first.major }),
    ...(last.major === servers.at(-1)?.major ? {} : { to: last.major }),
    ...optional("minors", FIRST_MINORS.get(name)),
    ...optional("module", last.fact.module),
    ...factsOf(first.fact, first.major, flags(first.major), category),
    ...(changes.length > 0 ? { later: changes } : {}),
  };
}

/** Servers before 15 do not tell the flags: there a setting has those of the first major that does. */
function knownFlags(known: readonly { major: number; fact: Fact }[]): (major: number) => readonly string[] {
  const told = known.find(({ major }) => major >= 15);
  return (major) => {
    const own = known.find((state) => state.major === major)?.fact.flags ?? [];
    return major >= 15 ? own : [...new Set([...(told?.fact.flags ?? []), ...own])];
  };
}

function factsOf(fact: Fact, major: number, flags: readonly string[], category: number): Facts {
  const told = BUILD_DEFAULTS.has(fact.name) ? [...flags, "BUILD_DEFAULT"] : flags;
  const buildValues = BUILD_WORDS.filter(({ name, from }) => name === fact.name && major >= from);
  // The numbers of a version are no facts of its major.
  const ranged = (fact.type === "integer" || fact.type === "real") && fact.name !== "server_version_num";
  const value = fact.name.startsWith("server_version") ? null : fact.default;
  return {
    type: fact.type,
    context: fact.context,
    ...optional("unit", fact.unit),
    ...(ranged ? { min: fact.min, max: fact.max } : {}),
    ...optional("default", BUILD_DEFAULTS.get(fact.name) ?? value),
    ...filled("values", fact.values),
    ...(Object.keys(fact.hidden).length > 0 ? { hidden: fact.hidden } : {}),
    ...filled(
      "buildValues",
      buildValues.flatMap(({ words }) => words),
    ),
    ...filled("flags", told),
    category,
  };
}

// So that what a setting no longer has is written down as well.
const EMPTY: Facts = {
  type: "",
  context: "",
  unit: null,
  min: 0,
  max: 0,
  default: null,
  values: [],
  hidden: {},
  buildValues: [],
  flags: [],
  category: -1,
};

function changed(before: Facts, after: Facts, from: number): { from: number }[] {
  const was = new Map<string, unknown>(Object.entries({ ...EMPTY, ...before }));
  const news = Object.entries({ ...EMPTY, ...after }).filter(
    ([key, value]) => JSON.stringify(value) !== JSON.stringify(was.get(key)),
  );
  return news.length > 0 ? [{ from, ...Object.fromEntries(news) }] : [];
}

const optional = (key: string, value: unknown) =>
  value === null || value === undefined ? {} : { [key]: value };

const filled = (key: string, list: readonly string[]) => (list.length > 0 ? { [key]: list } : {});
