const MINUTE = 1;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const MONTH = 31 * DAY;
const YEAR = 366 * DAY;

/** The escapes of strftime, with the time after which what they print is the same again. */
const COMES_BACK: readonly (readonly [escapes: string, minutes: number])[] = [
  ["YyGgcsDFvx+", Number.POSITIVE_INFINITY],
  ["mbBhjUVW", YEAR],
  ["de", MONTH],
  ["aAuw", WEEK],
  ["HkIlTRrX", DAY],
  ["M", HOUR],
  ["S", MINUTE],
];

/** After how many minutes a log_filename comes back: 0 = it is always the same, Infinity = never. */
export function cycleOf(filename: string): number {
  const letters = Array.from(filename.matchAll(/%[EO]?(.)/g), ([, letter = ""]) => letter);
  const found = COMES_BACK.find(([escapes]) => letters.some((letter) => escapes.includes(letter)));
  return found?.[1] ?? 0;
}

/** A whole cycle in words. */
export function cycleInWords(minutes: number): string {
  if (minutes >= YEAR) return "a year";
  if (minutes >= MONTH) return "a month";
  if (minutes >= WEEK) return "a week";
  if (minutes >= DAY) return "a day";
  return minutes >= HOUR ? "an hour" : "a minute";
}

/**
 * Does any rotation truncate? `logfile_rotate` of syslogger.c does so only where time has passed, not size, and only
 * where the name is another than before.
 */
export const everTruncates = (cycle: number, rotationAge: number): boolean =>
  rotationAge > 0 && cycle > 0 && (cycle > WEEK || rotationAge % cycle !== 0);

export const ONE_DAY = DAY;
