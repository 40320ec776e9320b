import { UserError } from "./problem.ts";

/** Where the sections and keys of an ini file stand; the `ini` package keeps no positions. */
export interface IniLines {
  /** "path:line:column" of a section, or of a key in it; of the file's start where there is none such. */
  at(section: string, key?: string): string;
}

/** Names that reach into JavaScript's objects. `ini` drops some of them without a word, and no schema would see them. */
const POISON = /^(?:__proto__|constructor|prototype)$/;

/**
 * Reads an ini file strictly: `ini` itself takes any text, joins what is given twice and makes lists of `key[]`.
 * A linter's own configuration says what it means.
 */
export function iniLines(path: string, text: string): IniLines {
  const places = new Map<string, string>();
  let section = "";
  for (const [index, raw] of text.split("\n").entries()) {
    const line = raw.trim();
    if (line === "" || /^[;#]/.test(line)) continue;
    const column = raw.indexOf(line) + 1;
    const refuse = (what: string, at = column) => new UserError(`${path}:${index + 1}:${at}: ${what}`);

    const header = /^\[([^\]]*)\]$/.exec(line)?.[1]?.trim();
    const key = header === undefined ? /^([^=]+?)\s*=/.exec(line)?.[1] : undefined;
    const name = header ?? key;
    if (name === undefined) throw refuse("neither a [section] nor key = value");
    if (name.split(/[.[\]"']/).some((part) => POISON.test(part))) throw refuse("this name is not allowed");
    if (/["'[\];#\\]|^$/.test(name) || header?.includes(".")) throw refuse(`"${name}" is not a name`);

    if (header !== undefined) section = header;
    const known = places.get(idOf(section, key));
    if (known !== undefined && key !== undefined)
      throw refuse(`${key} is set before, at ${known}; keep one of the two`);
    if (known === undefined)
      places.set(idOf(section, key), `${path}:${index + 1}:${header === undefined ? column : column + 1}`);
  }
  return { at: (inSection, inKey) => places.get(idOf(inSection, inKey)) ?? `${path}:1:1` };
}

const idOf = (section: string, key: string | undefined) =>
  key === undefined ? `[${section}]` : `[${section}]${key}`;
