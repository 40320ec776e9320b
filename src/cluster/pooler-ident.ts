import type { Source } from "../text/source.ts";
import { dropped } from "./pooler-hba.ts";
import type { PoolerHbaProblem } from "./pooler-problems.ts";
import { isUnfinished, type PoolerLine, type PoolerWord, poolerLines } from "./pooler-words.ts";

/** A mapping of auth_ident_file: `map system-user database-user`, from 1.23 on. */
export interface PoolerIdentLine extends PoolerLine {
  readonly map: string;
  readonly systemUser: string;
  /** Unquoted `all` is every user; anything else is a name, expressions and `\1` too. */
  readonly databaseUser: PoolerWord;
}

export interface PoolerIdent {
  readonly source: Source;
  readonly lines: readonly PoolerIdentLine[];
  readonly problems: readonly PoolerHbaProblem[];
}

/** A line that has not exactly three words, or a quoted map, is dropped with a warning. */
export function readPoolerIdent(source: Source): PoolerIdent {
  const lines: PoolerIdentLine[] = [];
  const problems: PoolerHbaProblem[] = [];
  for (const { words, line, place } of poolerLines(source)) {
    const [map, systemUser, databaseUser, ...rest] = words;
    // Its parser takes one word too many behind the keyword.
    const isAll = databaseUser?.text === "all" && !databaseUser.quoted;
    const more = isAll && !rest.some(isUnfinished) ? rest[1] : rest[0];
    const reject = (reason: string) =>
      problems.push(dropped({ line, place }, `could not parse ident config line ${line}`, reason));
    if (!map || !systemUser || !databaseUser) reject("it wants a map, a system user and a database user");
    else if (words.some(isUnfinished)) reject("a quote does not end");
    else if (map.quoted) reject("the map stands without quotes");
    else if (more) reject(`nothing may stand behind the database user, and not "${more.text}"`);
    else lines.push({ line, place, map: map.text, systemUser: systemUser.text, databaseUser });
  }
  return { source, lines, problems };
}
