import { ANY, type Element, type Elements, REPLICATION, SAMEROLE, SAMEUSER } from "./elements.ts";
import type { Keys, Login } from "./pairs.ts";
import type { Pattern } from "./patterns.ts";

/** What a login has to be: its database is of each of these, and its user as well. */
export interface Terms {
  readonly database: readonly Element[];
  readonly user: readonly Element[];
}

/** The logins of two patterns: none that is of both is left out. */
export function* termsOfBoth(one: Pattern, other: Pattern, elements: Elements): Generator<Terms> {
  const users = [...bothOf(one.users, other.users, elements)];
  if (users.length === 0) return;
  for (const database of bothOf(one.databases, other.databases, elements))
    for (const user of users) {
      const terms = settled({ database, user }, elements);
      if (terms) yield terms;
    }
}

/** Long lists of names meet without a look at each pair. */
function* bothOf(
  ones: readonly Element[],
  others: readonly Element[],
  elements: Elements,
): Generator<readonly Element[]> {
  const same = new Set(others);
  const opaque = others.filter(({ kind }) => kind !== "name");
  for (const one of ones) {
    if (same.has(one)) yield [one];
    else
      for (const other of one.kind === "name" ? opaque : others) {
        const both = meet(one, other, elements);
        if (both) yield both;
      }
  }
}

/** What is of both; undefined where nothing is. */
function meet(one: Element, other: Element, elements: Elements): readonly Element[] | undefined {
  if (one === other) return [one];
  if (one === REPLICATION || other === REPLICATION) return undefined;
  if (one === ANY) return [other];
  if (other === ANY) return [one];
  if (one.kind === "name" && other.kind === "name") return undefined;
  if (one.kind === "name" && other.kind === "expression") return named(one, other, elements);
  if (one.kind === "expression" && other.kind === "name") return named(other, one, elements);
  return [one, other];
}

function named(name: Element, expression: Element, elements: Elements): readonly Element[] | undefined {
  const { surely, maybe } = elements.expressionsIn(name.text);
  if (surely.includes(expression)) return [name];
  return maybe.includes(expression) ? [name, expression] : undefined;
}

/** sameuser and a name on either side are that name on both. */
function settled({ database, user }: Terms, elements: Elements): Terms | undefined {
  if (!database.includes(SAMEUSER)) return { database, user };
  // A role is its own member.
  const rest = database.filter((term) => term !== SAMEUSER && term !== SAMEROLE);
  const [name, other] = new Set([...rest, ...user].filter(({ kind }) => kind === "name"));
  if (other) return undefined;
  if (!name) return { database: [SAMEUSER, ...rest], user };
  const databases = meetAll([name, ...rest], elements);
  const users = meetAll([name, ...user], elements);
  return databases && users && { database: databases, user: users };
}

function meetAll([first = ANY, ...more]: readonly Element[], elements: Elements) {
  const met = new Set([first]);
  for (const term of more) {
    const both = meet(first, term, elements);
    if (!both) return undefined;
    for (const its of both) met.add(its);
  }
  return [...met];
}

const nameIn = (terms: readonly Element[]): Element | undefined => terms.find(({ kind }) => kind === "name");

const isSame = ({ database, user }: Terms): boolean =>
  database.includes(SAMEUSER) || (nameIn(database) !== undefined && nameIn(database) === nameIn(user));

/** Under which elements others stand that have all such logins. Whoever logs in is a role, and its own member. */
export function keysOfTerms(terms: Terms, elements: Elements): Keys {
  const databases = new Set(terms.database.flatMap((term) => around(term, elements)));
  const users = new Set(terms.user.flatMap((term) => [...around(term, elements), ...roleOf(term, elements)]));
  if (isSame(terms)) {
    databases.add(SAMEUSER).add(SAMEROLE);
    for (const term of terms.user) if (term.kind === "expression") databases.add(term);
    for (const term of terms.database) if (term.kind === "expression") users.add(term);
  }
  return { databases: [...databases], users: [...users] };
}

const around = (term: Element, elements: Elements): readonly Element[] =>
  term.kind === "name" ? [...term.within, ...elements.expressionsIn(term.text).surely] : term.within;

const roleOf = ({ kind, text }: Element, elements: Elements): readonly Element[] =>
  kind === "name" ? elements.known(text) : [];

/** One of the logins; undefined where no name comes to mind. */
export function loginOfTerms(terms: Terms, elements: Elements): Login | undefined {
  const { database, user } = terms;
  const expressions = database.filter(({ kind }) => kind === "expression");
  const same = database.includes(SAMEUSER);
  const name = nameOf(same ? [...user, ...expressions] : user, "someone", elements);
  if (name === undefined) return undefined;
  const groups = user.flatMap(({ kind, text }) => (kind === "member" && text !== name ? [text] : []));
  if (database.includes(REPLICATION))
    return { user: name, database: "replication", memberOf: groups, replication: true };
  if (same) return { user: name, database: name, memberOf: groups, replication: false };
  const ofRole = database.includes(SAMEROLE);
  const its = nameOf(
    database.filter((term) => term !== SAMEROLE),
    ofRole ? "somegroup" : "somewhere",
    elements,
  );
  if (its === undefined) return undefined;
  const memberOf = ofRole && its !== name ? [...new Set([...groups, its])] : groups;
  return { user: name, database: its, memberOf, replication: false };
}

function nameOf(terms: readonly Element[], wish: string, elements: Elements): string | undefined {
  const name = nameIn(terms);
  if (name) return name.text;
  const expressions = terms.filter(({ kind }) => kind === "expression");
  if (expressions.length === 0) {
    const role = terms.find(({ kind }) => kind === "member");
    return elements.freshName(role ? `${role.text}_member` : wish);
  }
  return expressions
    .map(({ text }) => elements.nameWith(text))
    .find((its) => its !== undefined && hasAll(its, expressions, elements));
}

const hasAll = (name: string, expressions: readonly Element[], elements: Elements): boolean => {
  const { surely } = elements.expressionsIn(name);
  return expressions.every((expression) => surely.includes(expression));
};
