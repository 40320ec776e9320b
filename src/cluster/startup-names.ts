import { byteText } from "../access/bytes.ts";
import type { Version } from "../catalog/version.ts";

/** The most bytes of a name. */
const NAME_LENGTH = 63;

/** The user and the database of a connection as the server takes them from the startup packet. */
export function startupNames(
  asked: { readonly user: string; readonly database: string },
  version: Version,
  userNamespace: boolean,
): { readonly user: string; readonly database: string } {
  const database = byteText(asked.database);
  const user = userNamespace ? ofDatabase(byteText(asked.user), database) : byteText(asked.user);
  return { user: cut(user, version), database: cut(database, version) };
}

/** db_user_namespace: a user is one of the database, unless an @ at the end says otherwise. */
const ofDatabase = (user: string, database: string) =>
  user.indexOf("@") === user.length - 1 && user !== "" ? user.slice(0, -1) : `${user}@${database}`;

/** 17 takes them whole up to 17.2. */
const cut = (name: string, { major, minor }: Version) =>
  major === 17 && minor !== null && minor < 3 ? name : name.slice(0, NAME_LENGTH);
