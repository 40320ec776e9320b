import type { Fact, ServerFacts } from "./facts.ts";
import { BUILD_DEFAULTS, BUILD_WORDS, FIRST_MINORS } from "./known.ts";

/** What the committed catalog holds of a setting; what is absent is empty, 0, or null. */
interface Facts {
  readonly type: string;
  readonly context: string;
  readonly unit?: string | null;
  readonly min?: number;
  readonly max?: number;
  readonly default?: string | null;
  readonly values?: readonly string[];
  readonly hidden?: Readonly<Record<string, string>>;
  readonly buildValues?: readonly string[];
  readonly flags?: readonly string[];
  readonly category?: number;
}

/** One line of the catalog: the facts of the first major, then what changed. */
export interface Line extends Facts {
  readonly name: string;
  readonly from?: number;
  readonly to?: number;
  /** The first minor release that knows the setting, by major. */
  readonly minors?: Readonly<Record<string, number>>;
  readonly module?: string;
  readonly later?: readonly (Partial<Facts> & { readonly from: number })[];
}

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
  const buildWords = BUILD_WORDS.filter(({ name, from }) => name === fact.name && major >= from).flatMap(
    ({ words }) => words,
  );
  const told = BUILD_DEFAULTS.has(fact.name) ? [...flags, "BUILD_DEFAULT"] : flags;
  const ranged = fact.type === "integer" || fact.type === "real";
  // What differs from one minor release or one build to the next is no fact of the major.
  const varies = fact.name.startsWith("server_version") || BUILD_DEFAULTS.has(fact.name);
  return {
    type: fact.type,
    context: fact.context,
    ...optional("unit", fact.unit),
    ...(ranged && !varies ? { min: fact.min, max: fact.max } : {}),
    ...optional(
      "default",
      fact.name.startsWith("server_version") ? null : (BUILD_DEFAULTS.get(fact.name) ?? fact.default),
    ),
    ...(fact.values.length > 0 ? { values: fact.values } : {}),
    ...(Object.keys(fact.hidden).length > 0 ? { hidden: fact.hidden } : {}),
    ...(buildWords.length > 0 ? { buildValues: buildWords } : {}),
    ...(told.length > 0 ? { flags: told } : {}),
    category,
  };
}

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
};

function changed(before: Facts, after: Facts, from: number) {
  const was = { ...EMPTY, ...before };
  const is = { ...EMPTY, ...after };
  const fields = Object.entries(is).filter(
    ([key, value]) =>
      JSON.stringify(value) !== JSON.stringify(Object.entries(was).find(([k]) => k === key)?.[1]),
  );
  return fields.length > 0 ? [{ from, ...Object.fromEntries(fields) }] : [];
}

const optional = (key: string, value: unknown) =>
  value === null || value === undefined ? {} : { [key]: value };
