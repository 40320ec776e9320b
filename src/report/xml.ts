import { printable } from "./printable.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "\t": "&#9;",
  "\n": "&#10;",
};
const entity = (char: string) => ENTITIES[char] ?? char;

/** A text from a file between tags of XML or HTML; characters that XML does not know are shown by their number. */
export const escaped = (text: string): string => printable(text).replace(/[&<>]/g, entity);

/** The same for several lines. */
export const escapedLines = (lines: readonly string[]): string => lines.map(escaped).join("\n");

/** `name="value"` for each attribute; a parser makes a space of a bare tab or line end in one. */
export const attributes = (values: Readonly<Record<string, string | number>>): string =>
  Object.entries(values)
    .map(([name, value]) => ` ${name}="${quoted(String(value))}"`)
    .join("");

const quoted = (text: string) =>
  text
    .split("\n")
    .map(printable)
    .join("\n")
    .replace(/[&<>"'\t\n]/g, entity);

export const XML_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
