import { redactor } from "../text/redact.ts";
import type { Source } from "../text/source.ts";

/** Takes the secrets of ldap and radius, which options and messages may name, out of all texts of an answer. */
export function cleaner(read: readonly Source[]): <T>(answer: T) => T {
  const clean = redactor(read.map(({ text }) => text.replace(/\\\r?\n/g, "")).join("\n"));
  return (answer) =>
    JSON.parse(JSON.stringify(answer), (_key, value: unknown) =>
      typeof value === "string" ? clean(value) : value,
    );
}
