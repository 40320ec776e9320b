import type { Conf } from "../../cluster/conf.ts";
import { splitIdentifiers } from "../../values/lists.ts";

const CLASSES = ["ddl", "function", "misc", "misc_set", "read", "role", "write"] as const;

/** The classes of statements that pgaudit.log names, a - taking one away again; undefined where no line sets it. */
export function auditedClasses(conf: Conf): ReadonlySet<string> | undefined {
  const text = conf.placeholders.get("pgaudit.log")?.value;
  if (text === undefined) return undefined;
  const classes = new Set<string>();
  for (const word of splitIdentifiers(text) ?? []) {
    const name = word.replace(/^-/, "");
    for (const each of name === "all" ? CLASSES : [name])
      if (word.startsWith("-")) classes.delete(each);
      else if (each !== "none") classes.add(each);
  }
  return classes;
}
