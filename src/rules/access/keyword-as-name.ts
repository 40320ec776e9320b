import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import type { AuthToken } from "../../syntax/auth-tokens.ts";
import { writtenLines } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/keyword-as-name",
  title: "a keyword that is only a name: in quotes, in capitals, or in the wrong field",
  severity: "warning",
  controls: ["A28"],
  docs: () => ({
    why: 'Quotes take the meaning from a word: "all" is the database or the role of the name all, which nobody has, so that the record loads and never matches. Capitals do the same, and so does sameuser in the user field. The standby with a record for "replication" is turned away; a reject for "all" keeps nobody out.',
    fix: "Write all, replication, sameuser, samerole, samehost and samenet in small letters without quotes, and +role without quotes.",
    traps: "Type, method and options are not changed by quotes.",
    leave: "A database that really is called replication, or a role called all.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    for (const { line } of writtenLines(cluster))
      for (const { token, instead, what } of namesIn(line)) {
        const { source, span } = token.place;
        const written = source.text.slice(span.start, span.end);
        yield {
          place: token.place,
          message: `${written} is ${what} of that name here; ${instead === undefined ? "it is a keyword in the database field only" : `the keyword is ${instead}`}.`,
          current: written,
          apply: "reload",
          ...(instead !== undefined && {
            suggested: instead,
            fix: { title: `Write ${instead}`, safe: false, edits: [{ place: token.place, text: instead }] },
          }),
        };
      }
  },
});

interface Name {
  readonly token: AuthToken;
  readonly what: string;
  /** The keyword; undefined where the field has none. */
  readonly instead?: string;
}

const DATABASES = new Set(["all", "sameuser", "samerole", "samegroup", "replication"]);
const ADDRESSES = new Set(["all", "samehost", "samenet"]);
const NOT_IN_USERS = new Set(["sameuser", "samerole", "samegroup"]);

function* namesIn({ databases, users, address }: HbaLine): Generator<Name> {
  for (const token of databases) {
    const instead = keywordIn(token, DATABASES);
    if (instead !== undefined) yield { token, what: "the database", instead };
  }
  for (const token of users) {
    const { text, quoted } = token;
    if (text.toLowerCase() === "all" && (quoted || text !== "all"))
      yield { token, what: "the role", instead: "all" };
    else if (quoted && /^\+[a-z_]/i.test(text)) yield { token, what: "the role", instead: text };
    else if (!quoted && NOT_IN_USERS.has(text)) yield { token, what: "the role" };
  }
  if (address?.kind !== "name") return;
  const instead = keywordIn(address.token, ADDRESSES);
  if (instead !== undefined) yield { token: address.token, what: "the host", instead };
}

function keywordIn({ text, quoted }: AuthToken, words: ReadonlySet<string>): string | undefined {
  if (!quoted && words.has(text)) return undefined;
  const word = text.toLowerCase();
  return words.has(word) ? word : undefined;
}
