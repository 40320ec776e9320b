import type { Version } from "../../catalog/version.ts";
import { daysFromCivil, daysIn } from "./civil-days.ts";
import { type MomentField, momentFields } from "./moment-fields.ts";
import { isKeyword, JULIAN, monthOf, UNITS, WEEKDAYS } from "./moment-words.ts";

/** The order of the day, month and year where a date's numbers do not tell: that of DateStyle. */
export type DateOrder = "YMD" | "DMY" | "MDY";

export interface MomentContext {
  readonly version: Version;
  readonly order: DateOrder;
  isZone(name: string): boolean;
}

/** Why a text is no moment in time. */
export type MomentVerdict = "valid" | "invalid" | "out-of-range" | { readonly unknownZone: string };

const YEAR = 1;
const MONTH = 2;
const DAY = 4;
const DATE = YEAR | MONTH | DAY;
const TIME = 8;
const ZONE = 16;
const DAY_OF_YEAR = 32;
const WEEKDAY = 64;
const HALF = 128;
const ERA = 256;
const SUMMER = 512;
const FOREVER = 1024;

/** ParseDateTime, DecodeDateTime and tm2timestamp of the server, without abbreviations of time zones. */
export function checkMoment(text: string, context: MomentContext): MomentVerdict {
  const fields = momentFields(text, isKeyword);
  if (!fields) return "invalid";
  return new Decoder(fields, context).verdict();
}

/** The state of DecodeDateTime; each step says whether it can go on. */
class Decoder {
  year = 0;
  month = 0;
  day = 0;
  hour = 0;
  seconds = 0;
  offset = 0;
  mask = 0;
  yearDay = 0;
  twoDigits = false;
  textMonth = false;
  julian = false;
  isDate = true;
  era = "";
  half = "";
  unknownZone = "";
  /** What the field before says that the next one is. */
  next: "" | "julian" | "time" = "";
  readonly #fields: readonly MomentField[];
  readonly #context: MomentContext;

  constructor(fields: readonly MomentField[], context: MomentContext) {
    this.#fields = fields;
    this.#context = context;
  }

  verdict(): MomentVerdict {
    for (const [index, field] of this.#fields.entries()) {
      const found = this.#decode(field, index);
      if (found === "old-unit") return "valid";
      // Up to 15 this is an error of its own.
      if (this.unknownZone !== "" && this.#context.version.major < 16)
        return { unknownZone: this.unknownZone };
      if (found === undefined || (found & this.mask) !== 0) return "invalid";
      this.mask |= found;
    }
    if (this.next !== "" && this.#context.version.major >= 16) return "invalid";
    if (!this.isDate || !this.#isDay()) return "invalid";
    if (this.half !== "" && this.hour > 12) return "invalid";
    if ((this.mask & DATE) !== DATE) return "invalid";
    if ((this.mask & SUMMER) !== 0 && (this.mask & ZONE) === 0) return "invalid";
    return this.#inRange() ? "valid" : "out-of-range";
  }

  /** What the field gives; undefined where it cannot stand here. */
  #decode({ kind, text }: MomentField, index: number): number | "old-unit" | undefined {
    switch (kind) {
      case "date":
        return this.#dateField(text);
      case "time":
        if (this.next === "julian") return undefined;
        this.next = "";
        return this.#time(text);
      case "zone":
        return this.#zone(text);
      case "number":
        return this.#numberField(text);
      case "word":
        return this.#word(text, index);
    }
  }

  #dateField(text: string): number | undefined {
    if (this.next === "julian") {
      this.next = "";
      const number = /^[0-9]*/.exec(text)?.[0] ?? "";
      this.#julianDay(Number(number));
      return this.#zone(text.slice(number.length)) === undefined ? undefined : DATE | TIME | ZONE;
    }
    const hasDay = (this.mask & (MONTH | DAY)) === (MONTH | DAY);
    if (this.next === "" && !hasDay) return this.#date(text);
    if (this.next === "" && !/^[0-9]/.test(text)) {
      if (this.#context.isZone(text)) return ZONE;
      this.unknownZone = text;
      return undefined;
    }
    this.next = "";
    // A time of digits only with its offset: 101530-08.
    const dash = text.indexOf("-");
    if ((this.mask & TIME) !== 0 || dash === -1 || this.#zone(text.slice(dash)) === undefined)
      return undefined;
    const found = this.#together(text.slice(0, dash), this.mask);
    return found === undefined ? undefined : found | ZONE;
  }

  #numberField(text: string): number | undefined {
    if (this.next === "julian") {
      this.next = "";
      this.#julianDay(Number.parseInt(text, 10));
      return text.includes(".") ? DATE | TIME : DATE;
    }
    if (this.next === "time") {
      this.next = "";
      const found = this.#together(text, this.mask | DATE);
      return found === TIME ? TIME : undefined;
    }
    const dot = text.indexOf(".");
    if (dot !== -1 && (this.mask & DATE) === 0) return this.#date(text);
    if (dot > 2) return this.#together(text, this.mask);
    if (text.length >= 6 && ((this.mask & DATE) === 0 || (this.mask & TIME) === 0))
      return this.#together(text, this.mask);
    return this.#number(text, this.mask, this.textMonth);
  }

  /** DecodeDate */
  #date(text: string): number | undefined {
    const parts: string[] = [];
    let rest = text;
    while (rest !== "") {
      rest = rest.replace(/^[^0-9a-z]+/, "");
      const part = /^(?:[0-9]+|[a-z]+)/.exec(rest)?.[0];
      if (part === undefined) return undefined;
      parts.push(part);
      // The one character behind a part goes, whatever it is.
      rest = rest.slice(part.length + 1);
    }
    let mask = this.mask;
    let named = false;
    for (const part of parts.filter((each) => /^[a-z]/.test(each) && each !== "at" && each !== "on")) {
      const month = monthOf(part);
      if (month === undefined || (mask & MONTH) !== 0) return undefined;
      this.month = month;
      named = true;
      mask |= MONTH;
    }
    for (const part of parts.filter((each) => /^[0-9]/.test(each))) {
      const found = this.#number(part, mask, named);
      if (found === undefined || (found & mask) !== 0) return undefined;
      mask |= found;
    }
    return (mask & ~(DAY_OF_YEAR | ZONE)) === DATE ? mask & ~this.mask : undefined;
  }

  /** DecodeNumber: one number of a date, whose length and place tell what it is. */
  #number(text: string, mask: number, named: boolean): number | undefined {
    const value = Number.parseInt(text, 10);
    if (Number.isNaN(value) || value > 2 ** 31 - 1) return undefined;
    if (text.indexOf(".") > 2) return this.#together(text, mask | DATE);
    const { order } = this.#context;
    const known = mask & DATE;
    if (text.length === 3 && known === YEAR && value >= 1 && value <= 366) {
      this.yearDay = value;
      return DAY_OF_YEAR | MONTH | DAY;
    }
    if (known === DATE) return this.#together(text, mask);
    const asYear = text.length >= 3 || order === "YMD";
    let part: number;
    if (known === 0) part = asYear ? YEAR : order === "DMY" ? DAY : MONTH;
    else if (known === YEAR || known === DAY) part = MONTH;
    else if (known === MONTH) part = named && asYear ? YEAR : DAY;
    else if (known === (YEAR | MONTH)) part = DAY;
    else if (known === (MONTH | DAY)) part = YEAR;
    else return undefined;
    if (part === DAY && named && known !== MONTH && text.length >= 3 && this.twoDigits) {
      // 05-Jan-2024 in the order YMD: the first number was not the year after all.
      this.day = this.year;
      this.year = value;
      this.twoDigits = false;
    } else if (part === YEAR) {
      this.year = value;
      this.twoDigits = text.length <= 2;
    } else if (part === MONTH) this.month = value;
    else this.day = value;
    return part;
  }

  /** DecodeNumberField: digits that run together, such as 20240131 or 101530.5. */
  #together(text: string, mask: number): number | undefined {
    const [digits = "", fraction] = text.split(".");
    if (fraction === undefined && (mask & DATE) !== DATE && digits.length >= 6) {
      this.year = Number(digits.slice(0, -4));
      this.month = Number(digits.slice(-4, -2));
      this.day = Number(digits.slice(-2));
      this.twoDigits ||= digits.length === 6;
      return DATE;
    }
    if ((mask & TIME) !== 0 || (digits.length !== 6 && digits.length !== 4)) return undefined;
    this.hour = Number(digits.slice(0, 2));
    this.seconds = Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4));
    return TIME;
  }

  /** DecodeTime: hours:minutes[:seconds], or minutes:seconds with a fraction. */
  #time(text: string): number | undefined {
    const match = /^([0-9]+):([0-9]*)(?::([0-9]*))?(\.[0-9]*)?$/.exec(text);
    if (!match) return undefined;
    const [, first = "", second = "", third, fraction] = match;
    // From 15 on a dot with nothing behind it is a fraction.
    if (fraction === "." && this.#context.version.major < 15) return undefined;
    const short = third === undefined && fraction !== undefined;
    const parts = (short ? ["0", first, second] : [first, second, third ?? ""]).map(Number);
    const [hour = 0, minute = 0, second60 = 0] = parts;
    const exact = hour * 3600 + minute * 60 + second60 + Number(`0${fraction ?? ""}`);
    if (minute > 59 || second60 > 60 || exact > 86_400) return undefined;
    this.hour = hour;
    this.seconds = minute * 60 + second60;
    return TIME;
  }

  /** DecodeTimezone: +hh[:mm[:ss]] or +hhmm, at most 15:59:59. */
  #zone(text: string): number | undefined {
    const match = /^([-+])([0-9]+)(?::([0-9]*)(?::([0-9]*))?)?$/.exec(text);
    if (!match) return undefined;
    const [, sign, digits = "", minutes, seconds = ""] = match;
    const together = minutes === undefined && text.length > 3;
    const hour = together ? Math.trunc(Number(digits) / 100) : Number(digits);
    const minute = together ? Number(digits) % 100 : Number(minutes ?? "");
    if (hour > 15 || minute > 59 || Number(seconds) > 59) return undefined;
    this.offset = (sign === "-" ? -1 : 1) * (hour * 3600 + minute * 60 + Number(seconds));
    return ZONE;
  }

  #word(word: string, index: number): number | "old-unit" | undefined {
    const month = monthOf(word);
    if (month !== undefined) return this.#monthName(month);
    if (WEEKDAYS.has(word)) return WEEKDAY;
    if (JULIAN.has(word)) {
      if (this.next !== "" && this.#context.version.major >= 16) return undefined;
      this.next = "julian";
      return 0;
    }
    // Up to 15, y2024m1d5 is a date; what a unit makes of its number is left to the server.
    if (UNITS.has(word)) return this.#context.version.major >= 16 ? undefined : "old-unit";
    switch (word) {
      case "at":
      case "on":
        return 0;
      case "am":
      case "pm":
        this.half = word;
        return HALF;
      case "ad":
      case "bc":
        this.era = word;
        return ERA;
      case "dst":
        return SUMMER;
      case "t":
        return this.#timeFollows(index);
      case "now":
        return this.#today() | TIME | ZONE;
      case "today":
      case "tomorrow":
      case "yesterday":
        return this.#today();
      case "allballs":
        this.isDate = true;
        return TIME | ZONE;
      case "epoch":
      case "infinity":
      case "-infinity":
        this.isDate = false;
        // Up to 15 it can stand beside a day, which then counts.
        return this.#context.version.major >= 16 ? DATE | TIME | ZONE : FOREVER;
      default:
        return this.#context.isZone(word) ? ZONE : undefined;
    }
  }

  #monthName(month: number): number {
    // A number before it was taken for the month, and is the day.
    const swap = (this.mask & MONTH) !== 0 && !this.textMonth && (this.mask & DAY) === 0 && this.month <= 31;
    if (swap) this.day = this.month;
    this.textMonth = true;
    this.month = month;
    return swap ? DAY : MONTH;
  }

  #timeFollows(index: number): number | undefined {
    const after = this.#fields[index + 1]?.kind;
    if ((this.mask & DATE) !== DATE || (after !== "number" && after !== "time" && after !== "date"))
      return undefined;
    this.next = "time";
    return 0;
  }

  #today(): number {
    this.isDate = true;
    [this.year, this.month, this.day] = [2000, 1, 1];
    return DATE;
  }

  /** Days are counted from 4714-11-24 BC, which is day 0. */
  #julianDay(day: number): void {
    const date = new Date(Date.UTC(2000, 0, 1) + (day - 2_451_545) * 86_400_000);
    this.julian = true;
    if (Number.isNaN(date.getTime())) this.year = Number.MAX_SAFE_INTEGER;
    else
      [this.year, this.month, this.day] = [date.getUTCFullYear(), date.getUTCMonth() + 1, date.getUTCDate()];
  }

  /** ValidateDate */
  #isDay(): boolean {
    if ((this.mask & YEAR) !== 0 && !this.julian) {
      if (this.era === "bc" || !this.twoDigits) {
        if (this.year <= 0) return false;
        if (this.era === "bc") this.year = 1 - this.year;
      } else if (this.year < 100) this.year += this.year < 70 ? 2000 : 1900;
    }
    if ((this.mask & DAY_OF_YEAR) !== 0) [this.month, this.day] = [1, 1];
    if (this.julian || (this.mask & DATE) !== DATE) return true;
    if (this.month < 1 || this.month > 12 || this.day < 1) return false;
    return this.day <= daysIn(this.year, this.month);
  }

  /** From 4714-11-24 BC to the end of 294276, in UTC. */
  #inRange(): boolean {
    if (this.year < -4713 || this.year > 294_277) return false;
    const days = daysFromCivil(this.year, this.month, this.day + Math.max(0, this.yearDay - 1));
    const seconds = days * 86_400 + this.hour * 3600 + this.seconds - this.offset;
    return (
      seconds >= daysFromCivil(-4713, 11, 24) * 86_400 && seconds < daysFromCivil(294_277, 1, 1) * 86_400
    );
  }
}
