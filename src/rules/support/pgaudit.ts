import type { Conf } from "../../cluster/conf.ts";
import type { Draft } from "../../engine/rule.ts";
import { splitIdentifiers } from "../../values/lists.ts";
import { valuePlace, written } from "./conf.ts";

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

/** A pgaudit.log that names something, and not all that a benchmark asks for. */
export function* lackingClasses(
  conf: Conf | undefined,
  wanted: readonly string[],
  benchmark: string,
): Generator<Draft> {
  const classes = conf && auditedClasses(conf);
  const line = conf?.placeholders.get("pgaudit.log");
  if (!classes?.size || !line) return;
  const missing = wanted.filter((name) => !classes.has(name));
  if (missing.length === 0) return;
  yield {
    place: valuePlace(line.item),
    message: `pgaudit.log = ${line.value} lacks ${missing.join(", ")}, which ${benchmark} asks for.`,
    setting: "pgaudit.log",
    current: line.value,
    suggested: written([...classes, ...missing].join(", ")),
    apply: "reload",
  };
}
