import type { Version } from "../catalog/version.ts";
import { type AuthToken, isKeyword } from "../syntax/auth-tokens.ts";
import { type Answer, anyOf } from "./answer.ts";
import { byteText } from "./bytes.ts";
import { isMember, type Memberships } from "./membership.ts";
import { found } from "./regex-search.ts";
import { regexTree } from "./regex-tree.ts";

/** Who asks for what; names as byteText() makes them. */
export interface Wanted {
  readonly user: string;
  readonly database: string;
  readonly replication: "physical" | "logical" | undefined;
  readonly memberships: Memberships | undefined;
}

export const bytesOfToken = ({ text, place }: AuthToken) => byteText(text, place.source.encoding);

/** From 16 on a name that starts with a slash is an expression, quoted or not. */
export const isRegex = ({ text }: AuthToken, { major }: Version): boolean =>
  major >= 16 && text.startsWith("/");

/** check_db() of hba.c */
export function isDatabase(tokens: readonly AuthToken[], wanted: Wanted, version: Version): Answer {
  const { user, database, memberships } = wanted;
  // Physical replication is of no database, and nothing but its own word stands for it.
  if (wanted.replication === "physical") return tokens.some((token) => isKeyword(token, "replication"));
  return anyOf(tokens, (token) => {
    if (isKeyword(token, "all")) return true;
    if (isKeyword(token, "sameuser")) return database === user;
    if (isKeyword(token, "samerole") || isKeyword(token, "samegroup"))
      return isMember(memberships, user, database);
    if (isKeyword(token, "replication")) return false;
    return isName(token, database, version);
  });
}

/** check_role() of hba.c */
export const isUser = (
  tokens: readonly AuthToken[],
  { user, memberships }: Pick<Wanted, "user" | "memberships">,
  version: Version,
): Answer =>
  anyOf(tokens, (token) => {
    if (isGroup(token)) return isMember(memberships, user, bytesOfToken(token).slice(1));
    return isKeyword(token, "all") || isName(token, user, version);
  });

/** `+role` */
export const isGroup = ({ text, quoted }: AuthToken): boolean => !quoted && text.startsWith("+");

function isName(token: AuthToken, name: string, version: Version): Answer {
  const text = bytesOfToken(token);
  return isRegex(token, version) ? isFound(text.slice(1), name) : text === name;
}

/** Is an expression of PostgreSQL's found in a name? */
export function isFound(expression: string, name: string): Answer {
  const tree = regexTree(expression);
  return "beyond" in tree
    ? { onlyIf: `/${expression} is found in ${name} (${tree.beyond} is not followed here)` }
    : found(tree, name);
}
