import { sameWord, splitIdentifiers } from "../lists.ts";
import { type CheckHook, type HookContext, LIST_SYNTAX, unknownWord } from "./hook.ts";

type Style = "ISO" | "SQL" | "Postgres" | "German";
type Order = "YMD" | "DMY" | "MDY";

/** check_datestyle: a style and an order in any sequence; what is missing stays as it was. */
export const checkDateStyle: CheckHook<string> = (text, context) => {
  const words = splitIdentifiers(text);
  if (!words) return LIST_SYNTAX;
  let style: Style | undefined;
  let order: Order | undefined;
  let germanOrder: Order | undefined;
  let conflict = false;
  for (const word of words) {
    const newStyle = styleOf(word);
    const newOrder = orderOf(word);
    if (newStyle) {
      conflict ||= style !== undefined && style !== newStyle;
      style = newStyle;
      // German dates are DMY unless the list says otherwise.
      if (newStyle === "German") germanOrder = "DMY";
    } else if (newOrder) {
      conflict ||= order !== undefined && order !== newOrder;
      order = newOrder;
    } else if (sameWord(word, "default")) {
      style ??= "ISO";
      order ??= "MDY";
    } else return unknownWord(word);
  }
  if (conflict)
    return {
      detail: `Conflicting "${context.version.major >= 18 ? "DateStyle" : "datestyle"}" specifications.`,
    };
  const [currentStyle, currentOrder] = currentParts(context);
  return { value: `${style ?? currentStyle}, ${order ?? germanOrder ?? currentOrder}` };
};

function currentParts(context: HookContext): string[] {
  const parts = String(context.current("DateStyle")).split(", ");
  return parts.length === 2 ? parts : ["ISO", "MDY"];
}

function styleOf(word: string): Style | undefined {
  if (sameWord(word, "iso")) return "ISO";
  if (sameWord(word, "sql")) return "SQL";
  if (word.startsWith("postgres")) return "Postgres";
  return sameWord(word, "german") ? "German" : undefined;
}

function orderOf(word: string): Order | undefined {
  if (sameWord(word, "ymd")) return "YMD";
  if (sameWord(word, "dmy") || /^euro/i.test(word)) return "DMY";
  return sameWord(word, "mdy") || sameWord(word, "us") || /^noneuro/i.test(word) ? "MDY" : undefined;
}
