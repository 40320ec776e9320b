/** The words that datetime.c knows itself (datetktbl); names of time zones are files. */
const MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split(" ");
const LONG_MONTHS =
  "january february march april may june july august september october november december".split(" ");
export const WEEKDAYS = new Set(
  "sun sunday mon monday tue tues tuesday wed weds wednesday thu thur thurs thursday fri friday sat saturday".split(
    " ",
  ),
);
export const JULIAN = new Set(["j", "jd", "julian"]);
export const UNITS = new Set("d dow doy h isodow isoyear m mm s y".split(" "));
const OTHERS = new Set(
  "-infinity infinity ad allballs am at bc dst epoch now on pm t today tomorrow yesterday".split(" "),
);

/** 1 for "jan" and "january", in small letters. */
export function monthOf(word: string): number | undefined {
  const month = word === "sept" ? 8 : Math.max(MONTHS.indexOf(word), LONG_MONTHS.indexOf(word));
  return month === -1 ? undefined : month + 1;
}

export const isKeyword = (word: string) =>
  OTHERS.has(word) ||
  JULIAN.has(word) ||
  UNITS.has(word) ||
  WEEKDAYS.has(word) ||
  monthOf(word) !== undefined;
