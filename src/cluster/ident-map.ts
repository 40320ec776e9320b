import { type Answer, isUnknown } from "../access/answer.ts";
import { byteText, textOfBytes } from "../access/bytes.ts";
import { membershipsOf, type Roles } from "../access/membership.ts";
import { bytesOfToken, isFound, isGroup, isRegex, isUser } from "../access/names.ts";
import { firstCapture, found } from "../access/regex-search.ts";
import { regexTree } from "../access/regex-tree.ts";
import type { Version } from "../catalog/version.ts";
import type { IdentFile, IdentLine } from "./ident.ts";

/** Somebody whom the operating system, a certificate or Kerberos knows by one name, and who asks to be another. */
export interface SystemLogin {
  readonly systemUser: string;
  readonly user: string;
  readonly roles: Roles | undefined;
  /** Names are compared without regard to case: Kerberos with krb_caseins_users. */
  readonly anyCase: boolean;
}

/** May the system user be that database user? Where not, in the server's words. */
export interface Mapped {
  readonly answer: Answer;
  /** The mapping that lets him. */
  readonly line: IdentLine | null;
  readonly message: string | null;
}

/** check_usermap() of hba.c; without a map the two names have to be the same. */
export function mapUser(
  map: string,
  { lines }: Pick<IdentFile, "lines">,
  login: SystemLogin,
  version: Version,
): Mapped {
  const { user, systemUser, anyCase } = login;
  if (map === "") {
    if (isSame(user, systemUser, anyCase)) return { answer: true, line: null, message: null };
    const message = `provided user name (${user}) and authenticated user name (${systemUser}) do not match`;
    return { answer: false, line: null, message };
  }
  const conditions: string[] = [];
  let mayEnd = false;
  for (const line of lines) {
    if (line.map.text !== map) continue;
    const { answer, error, ...more } = mapsTo(line, login, version);
    if (error !== undefined && conditions.length === 0) return { answer: false, line: null, message: error };
    if (error !== undefined) break;
    // Whichever of those before lets him, one does or this one.
    if (answer === true && !mayEnd)
      return { answer, line: conditions.length === 0 ? line : null, message: null };
    if (isUnknown(answer)) conditions.push(textOfBytes(answer.onlyIf));
    mayEnd ||= more.mayEnd ?? false;
  }
  if (conditions.length > 0)
    return { answer: { onlyIf: conditions.join(" or ") }, line: null, message: null };
  const message = `no match in usermap "${map}" for user "${user}" authenticated as "${systemUser}"`;
  return { answer: false, line: null, message };
}

/** A mapping of that system user's, and whom it makes of him: a name, `all`, `+role` or an expression. */
export interface Becomes {
  readonly line: IdentLine;
  readonly user: string;
}

/** Whom the system user may be by a map, as far as it can be told. */
export function usersOf(
  map: string,
  { lines }: Pick<IdentFile, "lines">,
  { systemUser, anyCase }: Pick<SystemLogin, "systemUser" | "anyCase">,
  version: Version,
): Becomes[] {
  return lines.flatMap((line) => {
    if (line.map.text !== map || isSystemUser(line, systemUser, anyCase) === false) return [];
    const user = expanded(line, byteText(systemUser), version);
    return [{ line, user: typeof user === "string" ? textOfBytes(user) : line.databaseUser.text }];
  });
}

interface Outcome {
  readonly answer: Answer;
  /** The server gives up at this mapping. */
  readonly error?: string;
  /** It may give up, as it may capture nothing. */
  readonly mayEnd?: boolean;
}

/** check_ident_usermap(), for a mapping of the map in question. */
function mapsTo(
  line: IdentLine,
  { systemUser, user, roles, anyCase }: SystemLogin,
  version: Version,
): Outcome {
  const isIt = isSystemUser(line, systemUser, anyCase);
  if (isIt === false) return { answer: false };
  const name = byteText(user);
  const expansion = expanded(line, byteText(systemUser), version);
  if (expansion === null) return { answer: false, error: withoutGroup(line) };
  if (expansion === undefined) {
    const answer = isName(line, name, roles, anyCase, version);
    return { answer: answer === true ? isIt : answer };
  }
  if (typeof expansion === "string") return { answer: isSame(expansion, name, anyCase) };
  return { answer: expansion, mayEnd: true };
}

function isSystemUser({ systemUser: token }: IdentLine, systemUser: string, anyCase: boolean): Answer {
  const text = bytesOfToken(token);
  return text.startsWith("/")
    ? isFound(text.slice(1), byteText(systemUser))
    : isSame(text, byteText(systemUser), anyCase);
}

/** From 16 on the database user is written as a user of pg_hba.conf; before, it is a name, whatever it looks like. */
function isName(
  { databaseUser }: IdentLine,
  user: string,
  roles: Roles | undefined,
  anyCase: boolean,
  version: Version,
): Answer {
  const same = isSame(bytesOfToken(databaseUser), user, anyCase);
  if (version.major < 16) return same;
  if (same && !isGroup(databaseUser) && !isRegex(databaseUser, version)) return true;
  return isUser([databaseUser], { user, memberships: membershipsOf(roles, user) }, version);
}

/**
 * The database user with `\1` replaced by what the expression captures: undefined where there is nothing to replace,
 * null where there is nothing to put in.
 */
function expanded(
  line: IdentLine,
  systemUser: string,
  version: Version,
): string | null | undefined | { onlyIf: string } {
  const { systemUser: token, databaseUser } = line;
  const written = bytesOfToken(databaseUser);
  const isName = version.major < 16 || (!isGroup(databaseUser) && !isRegex(databaseUser, version));
  if (!token.text.startsWith("/") || !isName || !written.includes("\\1")) return undefined;
  const tree = regexTree(bytesOfToken(token).slice(1));
  if ("beyond" in tree) return { onlyIf: `${token.text} captures that name in ${systemUser}` };
  if (!found(tree, systemUser)) return undefined;
  const captured = firstCapture(tree, systemUser);
  if (captured === undefined) return { onlyIf: `${token.text} captures that name in ${systemUser}` };
  return captured === null ? null : written.replace("\\1", () => captured);
}

const withoutGroup = ({ systemUser, databaseUser }: IdentLine) =>
  `regular expression "${systemUser.text.slice(1)}" has no subexpressions as requested by backreference in "${databaseUser.text}"`;

const isSame = (one: string, other: string, anyCase: boolean) =>
  one === other || (anyCase && lowerCase(one) === lowerCase(other));
const lowerCase = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
