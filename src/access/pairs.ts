import {
  ANY,
  type Element,
  type Elements,
  REPLICATION,
  SAMEROLE,
  SAMEUSER,
  SOME_MEMBER,
} from "./elements.ts";

/** A database and a user that a line names. */
export interface Pair {
  readonly database: Element;
  readonly user: Element;
}

/** Under which elements others stand that contain a pair. */
export interface Keys {
  readonly databases: readonly Element[];
  readonly users: readonly Element[];
}

/** sameuser and one user are one database. */
export const settled = (database: Element, user: Element, elements: Elements): Pair =>
  database === SAMEUSER && user.kind === "name"
    ? { database: elements.name(user.text), user }
    : { database, user };

/**
 * Whoever else a role is granted to, and whatever else a name is: these take all of the pair. Who logs in is a role, and
 * a role is its own member.
 */
export function keysOf({ database, user }: Pair, elements: Elements): Keys {
  const users = around(user, elements);
  const databases = around(database, elements);
  const itself = user.kind === "name" ? elements.membersOf(user.text) : undefined;
  return {
    databases: isSame(database, user) ? [...databases, SAMEUSER, SAMEROLE] : databases,
    users: itself ? [...users, itself] : users,
  };
}

const isSame = (database: Element, user: Element) =>
  database === SAMEUSER || (database === user && user.kind === "name");

function around({ kind, text, within }: Element, elements: Elements): readonly Element[] {
  const expressions = kind === "name" ? elements.expressionsIn(text).surely : [];
  return expressions.length === 0 ? within : [...within, ...expressions];
}

/** One login that a pair stands for. */
export interface Login {
  readonly database: string;
  readonly user: string;
  readonly memberOf: readonly string[];
  readonly replication: boolean;
}

/** Undefined where an expression is in no name that comes to mind. */
export function loginOf({ database, user }: Pair, elements: Elements): Login | undefined {
  const name = nameFor(user, "someone", elements);
  if (name === undefined) return undefined;
  const groups = user.kind === "member" ? [user.text] : [];
  const login = { user: name, memberOf: groups, replication: false };
  if (database === REPLICATION) return { ...login, database: "replication", replication: true };
  if (database === SAMEUSER) return { ...login, database: name };
  if (database === SAMEROLE) {
    const group = elements.freshName("somegroup");
    return { ...login, database: group, memberOf: [...groups, group] };
  }
  const its = nameFor(database, "somewhere", elements);
  return its === undefined ? undefined : { ...login, database: its };
}

function nameFor({ kind, text }: Element, wish: string, elements: Elements): string | undefined {
  if (kind === "name") return text;
  if (kind === "member") return elements.freshName(`${text}_member`);
  return kind === "expression" ? elements.nameWith(text) : elements.freshName(wish);
}

/** Under which elements lines stand that take this login; of some it depends on what the files do not tell. */
export function keysOfLogin(pair: Pair, login: Login, elements: Elements): { surely: Keys; maybe: Keys } {
  const { database, user } = pair;
  const ofUser = elements.expressionsIn(login.user);
  // Whoever logs in is a role, and a role is its own member.
  const users = [ANY, user, ...elements.known(login.user), ...ofUser.surely];
  // Whom the line leaves free is in no role but those that it asks for.
  const isFree = user.kind !== "name" && user.kind !== "member";
  const maybeUsers = isFree ? ofUser.maybe : [...ofUser.maybe, SOME_MEMBER];
  if (login.replication)
    return {
      surely: { databases: REPLICATION.within, users },
      maybe: { databases: REPLICATION.within, users: [...users, ...maybeUsers] },
    };
  const ofDatabase = elements.expressionsIn(login.database);
  const itsName = elements.known(login.database).filter(({ kind }) => kind === "name");
  const databases = [ANY, database, ...itsName, ...ofDatabase.surely];
  const isSame = login.database === login.user;
  if (isSame) databases.push(SAMEUSER, SAMEROLE);
  const maybeDatabases = isFree ? ofDatabase.maybe : [...ofDatabase.maybe, SAMEROLE];
  return {
    surely: { databases: [...new Set(databases)], users: [...new Set(users)] },
    maybe: {
      databases: [...new Set([...databases, ...maybeDatabases])],
      users: [...new Set([...users, ...maybeUsers])],
    },
  };
}
