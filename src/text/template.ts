import { type Span, spanOf } from "./source.ts";

/**
 * Where a name or value is still to be filled in: `{{ port }}` or `{% if %}` of Jinja, Go or Handlebars, `<%= @port %>` of
 * ERB. Not in a comment, where Ansible leaves a note, nor inside a quoted value, where it may be anything.
 */
const TO_FILL_IN = /^(?![ \t]*[;#])[^'"#\n]*?(['"]?(?:\{\{|\{%|<%)[-=+~#]?[ \t]*[\w.$(@][^\n]*)/m;

/** The first such place, if a text is only the template of a file. */
export function templateIn(text: string): Span | undefined {
  const found = TO_FILL_IN.exec(text);
  const [line = "", rest = ""] = found ?? [];
  if (!found) return undefined;
  const start = found.index + line.length - rest.length;
  const close = /^['"]?(?:\{\{.*?\}\}|\{%.*?%\}|<%.*?%>)/.exec(rest)?.[0];
  return close === undefined ? undefined : spanOf(start, start + close.length);
}
