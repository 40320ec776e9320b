import { sameWord, splitIdentifiers } from "../lists.ts";
import { type CheckHook, type HookContext, LIST_SYNTAX, unknownWord } from "./hook.ts";

type Style = "ISO" | "SQL" | "Postgres" | "German";
type Order = "YMD" | "DMY" | "MDY";

/** check_datestyle: a style and an order in any sequence; what is missing stays as it was. */
export const checkDateStyle: CheckHook<string> = (text, context) => {
  const words = splitIdentifiers(text);
  if (!words) return LIST_SYNTAX;
  const before = currentParts(context);
  let [style, order] = before;
  let hasStyle = false;
  let hasOrder = false;
  let conflict = false;
  for (const word of words) {
    const newStyle = styleOf(word);
    const newOrder = orderOf(word);
    if (newStyle) {
      conflict ||= hasStyle && style !== newStyle;
      style = newStyle;
      hasStyle = true;
      // German dates are DMY unless a word before says otherwise; a word behind it may still.
      if (newStyle === "German" && !hasOrder) order = "DMY";
    } else if (newOrder) {
      conflict ||= hasOrder && order !== newOrder;
      order = newOrder;
      hasOrder = true;
    } else if (sameWord(word, "default")) {
      if (!hasStyle) style = before[0];
      if (!hasOrder) order = before[1];
    } else return unknownWord(word);
  }
  if (!conflict) return { value: `${style}, ${order}` };
  const shown = context.version.major >= 18 ? "DateStyle" : "datestyle";
  return { detail: `Conflicting "${shown}" specifications.` };
};

function currentParts(context: HookContext): [style: string, order: string] {
  const [style = "ISO", order = "MDY"] = String(context.current("DateStyle")).split(", ");
  return [style, order];
}

function styleOf(word: string): Style | undefined {
  if (sameWord(word, "iso")) return "ISO";
  if (sameWord(word, "sql")) return "SQL";
  if (/^postgres/i.test(word)) return "Postgres";
  return sameWord(word, "german") ? "German" : undefined;
}

function orderOf(word: string): Order | undefined {
  if (sameWord(word, "ymd")) return "YMD";
  if (sameWord(word, "dmy") || /^euro/i.test(word)) return "DMY";
  return sameWord(word, "mdy") || sameWord(word, "us") || /^noneuro/i.test(word) ? "MDY" : undefined;
}
