/**
 * tzparse() of localtime.c: is this a POSIX time zone, such as `EST5EDT` or `<+03>-3`?
 * PostgreSQL allows an empty abbreviation, so that `-5` and `interval '1'` pass as well.
 */
export function isPosixZone(text: string): boolean {
  if (text.startsWith(":")) return false;
  const standard = afterName(text, 0);
  if (standard === undefined || standard >= text.length) return false;
  let at = afterOffset(text, standard);
  if (at === undefined) return false;
  if (at === text.length) return true;
  const daylight = afterName(text, at);
  if (daylight === undefined || daylight === at) return false;
  at = daylight;
  if (at < text.length && text[at] !== "," && text[at] !== ";") at = afterOffset(text, at);
  if (at === undefined) return false;
  // No rule stands for that of the United States.
  if (at === text.length) return true;
  if (text[at] !== "," && text[at] !== ";") return false;
  const start = afterRule(text, at + 1);
  if (start === undefined || text[start] !== ",") return false;
  return afterRule(text, start + 1) === text.length;
}

/** Is the standard time of such a zone a number of minutes and some seconds from UTC? */
export function hasSeconds(text: string): boolean {
  const offset = text.slice(afterName(text, 0));
  const seconds = /^[-+]?\d+:\d+:(\d+)/.exec(offset)?.[1] ?? "0";
  return Number(seconds) % 60 !== 0;
}

function afterName(text: string, at: number): number | undefined {
  if (text[at] === "<") {
    const end = text.indexOf(">", at + 1);
    return end === -1 ? undefined : end + 1;
  }
  let end = at;
  while (end < text.length && !/[0-9,+-]/.test(text[end] ?? "")) end++;
  return end;
}

function afterNumber(text: string, at: number, min: number, max: number): number | undefined {
  const digits = /^[0-9]+/.exec(text.slice(at, at + 12))?.[0];
  if (digits === undefined || Number(digits) < min || Number(digits) > max) return undefined;
  return at + digits.length;
}

const HOURS_A_WEEK = 7 * 24;

function afterOffset(text: string, at: number): number | undefined {
  const signed = text[at] === "-" || text[at] === "+" ? at + 1 : at;
  let end = afterNumber(text, signed, 0, HOURS_A_WEEK - 1);
  for (const max of [59, 60]) {
    if (end === undefined || text[end] !== ":") return end;
    end = afterNumber(text, end + 1, 0, max);
  }
  return end;
}

/** Jn, n or Mm.n.d, with an optional time. */
function afterRule(text: string, at: number): number | undefined {
  let end: number | undefined;
  if (text[at] === "J") end = afterNumber(text, at + 1, 1, 365);
  else if (text[at] === "M") {
    end = afterNumber(text, at + 1, 1, 12);
    for (const [min, max] of [
      [1, 5],
      [0, 6],
    ] as const)
      end = end !== undefined && text[end] === "." ? afterNumber(text, end + 1, min, max) : undefined;
  } else end = afterNumber(text, at, 0, 365);
  return end !== undefined && text[end] === "/" ? afterOffset(text, end + 1) : end;
}
