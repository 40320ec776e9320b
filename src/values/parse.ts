import type { Setting } from "../catalog/setting.ts";
import type { Version } from "../catalog/version.ts";
import { formatG, isSpace, rint, type Scanned, strtod, strtol } from "./c-numbers.ts";
import type { Value } from "./hooks/hook.ts";
import { runHook } from "./hooks/index.ts";
import { cutName, sameWord } from "./lists.ts";
import { toBaseUnit, toBaseUnitWhole, unitHint } from "./units.ts";

/** Why the server does not take a value, and its words for it. */
export interface Refusal {
  readonly reason: "bool" | "enum" | "number" | "unit" | "range" | "hook" | "target";
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
  readonly before?: string;
  readonly fatal?: true;
}

export interface Accepted {
  readonly value: Value;
  /** The text that `postgres -C NAME` prints: base units, the enum's listed word, on and off. */
  readonly base: string;
}

export interface ParseContext {
  readonly version: Version;
  /** The name that messages show: as it is written up to 17, the canonical one from 18 on. */
  readonly shown: string;
  current(name: string): Value;
}

/** A text as the value of a setting: parse_and_validate_value of guc.c. */
export function parseValue(setting: Setting, text: string, context: ParseContext): Accepted | Refusal {
  const parsed = parseTyped(setting, text, context);
  if (typeof parsed === "object") return parsed;
  // Sums count the new number; a text that completes the one before it, such as DateStyle's, looks for that.
  const current = (name: string) =>
    name === setting.name && typeof parsed !== "string" ? parsed : context.current(name);
  const verdict = runHook(setting.name, parsed, { version: context.version, current });
  if (verdict === true) return accepted(setting, parsed);
  if ("value" in verdict) return accepted(setting, verdict.value);
  return {
    reason: "hook",
    ...verdict,
    // From here on the server prints the canonical name in every major.
    message: verdict.message ?? `invalid value for parameter "${setting.name}": ${printed(parsed)}`,
  };
}

function parseTyped(setting: Setting, text: string, context: ParseContext): Value | Refusal {
  switch (setting.type) {
    case "bool":
      return (
        parseBool(text) ?? {
          reason: "bool",
          message: `parameter "${context.shown}" requires a Boolean value`,
        }
      );
    case "enum":
      return parseEnum(setting, text, context);
    case "integer":
      return parseNumber(setting, text, context);
    case "real":
      return parseNumber(setting, text, context);
    case "string":
      return NAMES.has(setting.name) ? cutName(text) : text;
  }
}

const accepted = (setting: Setting, value: Value): Accepted => ({ value, base: baseText(setting, value) });

export function baseText(setting: Setting, value: Value): string {
  if (typeof value === "boolean") return value ? "on" : "off";
  if (typeof value === "string") return value;
  return setting.type === "real" ? formatG(value) : String(value);
}

const printed = (value: Value): string => {
  if (typeof value === "string") return `"${value}"`;
  return typeof value === "boolean" ? String(Number(value)) : formatNumber(value);
};
const formatNumber = (value: number) => (Number.isInteger(value) ? String(value) : formatG(value));

/** Any unique beginning of true, false, yes, no, on and off, in any case; 1 and 0. */
export function parseBool(text: string): boolean | undefined {
  const word = text.toLowerCase();
  if (word === "1" || word === "0") return word === "1";
  if (word === "") return undefined;
  if ("true".startsWith(word) || "yes".startsWith(word) || word === "on") return true;
  if ("false".startsWith(word) || "no".startsWith(word) || word === "of" || word === "off") return false;
  return undefined;
}

function parseEnum(setting: Setting, text: string, { shown }: ParseContext): string | Refusal {
  const listed = [...setting.values, ...setting.buildValues].find((word) => sameWord(word, text));
  // Where two words mean the same, the server reports the first of its table, which need not be a listed one.
  const hidden = Object.entries(setting.hidden).find(([word]) => sameWord(word, text));
  if (hidden) return hidden[1];
  if (listed !== undefined) return listed;
  return {
    reason: "enum",
    message: `invalid value for parameter "${shown}": "${text}"`,
    hint: `Available values: ${setting.values.join(", ")}.`,
  };
}

const INT_MAX = 2 ** 31 - 1;
const OVERFLOW = "Value exceeds integer range.";

function parseNumber(setting: Setting, text: string, context: ParseContext): number | Refusal {
  const { version, shown } = context;
  const refuse = (hint?: string): Refusal => {
    const oldReal = setting.type === "real" && version.major < 12;
    const message = oldReal
      ? `parameter "${shown}" requires a numeric value`
      : `invalid value for parameter "${shown}": "${text}"`;
    const reason = hint === undefined || hint === OVERFLOW ? "number" : "unit";
    return hint === undefined || oldReal ? { reason, message } : { reason, message, hint };
  };

  const whole = setting.type === "integer";
  const scanned = scan(text, whole, version);
  if (whole && version.major < 12 && scanned.end > 0 && !isInt32(scanned.value)) return refuse(OVERFLOW);
  if (scanned.end === 0 || scanned.outOfRange || Number.isNaN(scanned.value)) return refuse();

  let value = scanned.value;
  let at = scanned.end;
  while (isSpace(text[at])) at++;
  if (at < text.length) {
    const unitless = setting.unit === null || (!whole && version.major < 12);
    if (unitless || setting.unit === null) return refuse();
    const convert = version.major < 12 ? toBaseUnitWhole : toBaseUnit;
    const converted = convert(value, text.slice(at), setting.unit, version);
    if (converted === undefined) return refuse(unitHint(setting.unit, version));
    value = converted;
  }
  if (whole) {
    value = rint(value);
    if (!isInt32(value)) return refuse(OVERFLOW);
  }
  return inRange(setting, value)
    ? value
    : { reason: "range", message: rangeMessage(setting, value, context) };
}

/** From 12 on an integer may have a fraction and an exponent, as long as it starts like an integer. */
function scan(text: string, whole: boolean, version: Version): Scanned {
  if (!whole) return strtod(text);
  const scanned = strtol(text);
  const next = text[scanned.end];
  const fractional = next === "." || next === "e" || next === "E" || scanned.outOfRange;
  return version.major >= 12 && fractional ? strtod(text) : scanned;
}

const isInt32 = (value: number) => value >= -INT_MAX - 1 && value <= INT_MAX;
const inRange = ({ min, max }: Setting, value: number) => value >= min && value <= max;

/** "%d kB is outside …": the unit came with 12, that of the bounds with 17. */
function rangeMessage(setting: Setting, value: number, { version, shown }: ParseContext): string {
  // C's printf says "inf"; PostgreSQL brought its own in 12.
  const infinity = version.major >= 12 ? "Infinity" : "inf";
  const format = (number: number) =>
    setting.type === "real" ? formatG(number).replace("Infinity", infinity) : String(number);
  const unit = setting.unit === null ? "" : ` ${setting.unit}`;
  const valueUnit = version.major >= 12 ? unit : "";
  const boundUnit = version.major >= 17 ? unit : "";
  const bounds = `${format(setting.min)}${boundUnit} .. ${format(setting.max)}${boundUnit}`;
  return `${format(value)}${valueUnit} is outside the valid range for parameter "${shown}" (${bounds})`;
}

/** Settings that hold a name (GUC_IS_NAME) are cut to 63 bytes, without an error; two more have a hook that does it. */
const NAMES = new Set(["client_encoding", "default_table_access_method", "role", "session_authorization"]);
