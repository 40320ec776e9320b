/** What ParseDateTime of datetime.c cuts a date and time into. */
export interface MomentField {
  readonly kind: "number" | "date" | "time" | "zone" | "word";
  readonly text: string;
}

const MAX_FIELDS = 25;
const BUFFER = 128 + MAX_FIELDS;

const FIELD: readonly (readonly [MomentField["kind"], RegExp])[] = [
  ["time", /[0-9]+:[0-9:.]*/y],
  // Three numbers, or two with another sign than a dot between them, or a month's name in the middle.
  ["date", /[0-9]+(?:([-/.])[0-9]+\1[0-9-/.]*|[-/][0-9]+)/y],
  ["number", /[0-9]+\.[0-9]+/y],
  ["date", /[0-9]+([-/.])(?:[0-9A-Za-z]|\1)*/y],
  ["number", /[0-9]+|\.[0-9]*/y],
  ["date", /[A-Za-z]+[-/.][0-9A-Za-z+\-/_.:]*/y],
  ["date", /[A-Za-z]+(?=[+0-9])[0-9A-Za-z+\-/_.:]*/y],
  ["word", /[A-Za-z]+/y],
  ["zone", /[-+][ \t\n\v\f\r]*[0-9][0-9:.-]*/y],
  ["word", /[-+][ \t\n\v\f\r]*[A-Za-z]+/y],
];

/** The fields of a date and time, in small letters; undefined where there is something else in it. */
export function momentFields(text: string, isKeyword: (word: string) => boolean): MomentField[] | undefined {
  const fields: MomentField[] = [];
  let room = BUFFER;
  for (let at = 0; at < text.length; ) {
    const char = text[at] ?? "";
    const field = fieldAt(text, at, isKeyword);
    if (field) {
      const written = field.text.replace(/[ \t\n\v\f\r]/g, "").toLowerCase();
      room -= written.length + 1;
      if (fields.length === MAX_FIELDS || room < 0) return undefined;
      fields.push({ kind: field.kind, text: written });
      at += field.text.length;
    } else if (/^[ \t\n\v\f\r]$/.test(char) || isIgnored(char)) at++;
    else return undefined;
  }
  return fields;
}

/** Punctuation parts fields, except for a sign that nothing follows. */
const isIgnored = (char: string) => /^[!-/:-@[-`{-~]$/.test(char) && char !== "+" && char !== "-";

function fieldAt(text: string, at: number, isKeyword: (word: string) => boolean): MomentField | undefined {
  for (const [kind, pattern] of FIELD) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (!match) continue;
    const [found, delimiter] = match;
    const letters = /^[A-Za-z]+(?=[+0-9])/.exec(found)?.[0];
    // `T10` is a keyword with a number behind it, `EST5` is a name.
    if (letters !== undefined && isKeyword(letters.toLowerCase())) return { kind: "word", text: letters };
    return { kind, text: delimiter === undefined ? found : sameDelimiter(found, delimiter) };
  }
  return undefined;
}

/** Behind the second delimiter only digits and that delimiter go on. */
function sameDelimiter(found: string, delimiter: string): string {
  const others = ["-", "/", "."].filter((sign) => sign !== delimiter);
  const ends = others.map((sign) => found.indexOf(sign)).filter((end) => end !== -1);
  return found.slice(0, Math.min(found.length, ...ends));
}
