import { must } from "./target.ts";

/** Characters that move a terminal's cursor, turn its direction of writing, or end a line where none ends. */
const CONTROL = /[^\t\n\P{Cc}]|[\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** What is printed has none of them. */
export function clean(text: string, what: string): void {
  const found = CONTROL.exec(text);
  must(found === null, () => {
    const at = found?.index ?? 0;
    return `${what} prints U+${found?.[0].codePointAt(0)?.toString(16)}: ${JSON.stringify(text.slice(Math.max(0, at - 60), at + 20))}`;
  });
}
