import { foldName } from "./fold.ts";
import catalog from "./postgres.json";
import { CONTEXTS, type Setting, TYPES, UNITS } from "./setting.ts";
import { MAJORS, NEWEST, type Version } from "./version.ts";

/** The facts of a setting that may differ from one major to the next; what is absent is empty, 0 or null. */
export interface Facts {
  readonly type: string;
  readonly context: string;
  readonly category: number;
  readonly unit?: string | null;
  readonly min?: number;
  readonly max?: number;
  readonly default?: string | null;
  readonly values?: readonly string[];
  readonly hidden?: Readonly<Record<string, string | undefined>>;
  readonly buildValues?: readonly string[];
  readonly flags?: readonly string[];
}

/** One line of postgres.json: the facts in the first major that has the setting, then what changed. */
export interface Line extends Facts {
  readonly name: string;
  readonly from?: number;
  readonly to?: number;
  readonly minors?: Readonly<Record<string, number | undefined>>;
  readonly module?: string;
  readonly later?: readonly (Partial<Facts> & { readonly from: number })[];
}

/** From which release to which a setting is there. */
export interface Majors {
  readonly first: number;
  readonly last: number;
  /** The first minor release, of the majors that got it with one. */
  readonly minors: Line["minors"];
}

const lines: readonly Line[] = catalog.settings;
const oldNames = new Map(Object.entries(catalog.aliases));
const byName = new Map<string, Line>();
for (const line of lines) byName.set(line.name.toLowerCase(), line);
const settings = new Map<Line, Map<number, Setting>>();

/** The setting that the server means by the name: in any case, and by an old name that it still reads. */
export function settingIn(version: Version, name: string): Setting | undefined {
  const folded = foldName(name);
  const old = oldNames.get(folded);
  const line = byName.get(old && version.major >= old.from ? old.use : folded);
  return line && knows(version, line) ? settingOf(line, version.major) : undefined;
}

/** All settings of that version, those of the modules that come with the server included, by name. */
export function settingsOf(version: Version): readonly Setting[] {
  return lines.filter((line) => knows(version, line)).map((line) => settingOf(line, version.major));
}

/** Old names that the version reads as another setting's, such as sort_mem. */
export function oldNamesIn(version: Version): readonly string[] {
  return Array.from(oldNames)
    .filter(([, { from }]) => version.major >= from)
    .map(([name]) => name);
}

/** The majors that have a setting of that name; undefined where none of 10 to 18 has. */
export function majorsWith(name: string): Majors | undefined {
  const line = byName.get(foldName(name));
  return line && { first: line.from ?? MAJORS[0], last: line.to ?? NEWEST, minors: line.minors };
}

function knows({ major, minor }: Version, line: Line): boolean {
  if (major < (line.from ?? MAJORS[0]) || major > (line.to ?? NEWEST)) return false;
  return minor === null || minor >= (line.minors?.[major] ?? 0);
}

function settingOf(line: Line, major: number): Setting {
  const known = settings.get(line) ?? new Map<number, Setting>();
  settings.set(line, known);
  const setting = known.get(major) ?? makeSetting(line, major);
  known.set(major, setting);
  return setting;
}

function makeSetting(line: Line, major: number): Setting {
  const changes = (line.later ?? []).filter(({ from }) => from <= major);
  const facts: Facts = Object.assign({}, line, ...changes);
  return {
    name: line.name,
    type: oneOf(TYPES, facts.type),
    context: oneOf(CONTEXTS, facts.context),
    unit: facts.unit ? oneOf(UNITS, facts.unit) : null,
    min: facts.min ?? 0,
    max: facts.max ?? 0,
    values: facts.values ?? [],
    // Without a prototype, so that `constructor` is no word of any enum.
    hidden: Object.assign(Object.create(null), facts.hidden),
    buildValues: facts.buildValues ?? [],
    default: facts.default ?? null,
    flags: facts.flags ?? [],
    module: line.module ?? null,
    category: catalog.categories[facts.category] ?? "",
  };
}

function oneOf<Word extends string>(words: readonly Word[], word: string): Word {
  const found = words.find((known) => known === word);
  if (found === undefined)
    throw new Error(`postgres.json says "${word}" where one of ${words.join(", ")} belongs`);
  return found;
}
