import { shorten } from "../text/shorten.ts";
import { printable } from "./printable.ts";
import { escaped } from "./xml.ts";

/** One line of a file or a message; more is no longer read, and a comment has no room for it. */
const clean = (text: string) => printable(shorten(text, 600)).replaceAll("\t", "    ");

/** Marks after which GitHub and GitLab look for a name, a reference, an address or a picture. */
const REFERENCES = /@|:(?=\/\/)|:(?=[\w+\\-]*[a-z+][\w+\\-]*:)|www(?=\.)|[#!~](?=\w)/gi;

/**
 * A text as it is: no markup, no link, nobody mentioned, no issue closed. A backslash does it for markup; references
 * are looked for in what is left, so that an invisible space goes between their sign and the word.
 */
export const prose = (text: string): string =>
  clean(text)
    .trim()
    .replace(/[<>&]|[\\`*_[\]#|~$!]|^[-+=]/g, (char) => (/[<>&]/.test(char) ? escaped(char) : `\\${char}`))
    .replace(REFERENCES, "$&&#8203;")
    .replace(/^(\d+)(?=[.)])/, "$1\\");

/** The same as code, where nothing but the end of the code has a meaning. */
export function code(text: string): string {
  const shown = clean(text);
  const ticks = "`".repeat(longestRun(shown) + 1);
  const space = /^`|`$|^ .* $|^$/.test(shown) ? " " : "";
  return `${ticks}${space}${shown}${space}${ticks}`;
}

/** In a table a bar would begin the next cell, in code as well. */
export const tableCode = (text: string): string => code(text).replaceAll("|", "\\|");

/** In a line of HTML, where Markdown has no say. */
export const htmlCode = (text: string): string => `<code>${escaped(clean(text))}</code>`;

/** Lines of a file as a block. */
export function fence(text: string): string {
  const shown = clean(text);
  const ticks = "`".repeat(Math.max(3, longestRun(shown) + 1));
  return `${ticks}\n${shown}\n${ticks}`;
}

const longestRun = (text: string): number =>
  Math.max(0, ...(text.match(/`+/g) ?? []).map((run) => run.length));
