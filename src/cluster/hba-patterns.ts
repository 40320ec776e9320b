import { blockOf } from "../access/blocks.ts";
import { ANY, type Element, type Elements, REPLICATION, SAMEROLE, SAMEUSER } from "../access/elements.ts";
import { bytesOfToken, isGroup, isRegex } from "../access/names.ts";
import {
  FROM_ANYWHERE,
  FROM_SAMEHOST,
  FROM_SAMENET,
  FROM_SOCKET,
  fromBlock,
  fromHost,
  type Origin,
  type Pattern,
} from "../access/patterns.ts";
import { GSS, PLAIN, SOCKET, TLS, type Ways } from "../access/ways.ts";
import type { Version } from "../catalog/version.ts";
import type { AuthToken } from "../syntax/auth-tokens.ts";
import type { HbaAddress, HbaLine, HbaType } from "./hba.ts";
import { cutName } from "./startup-names.ts";

const WAYS: Readonly<Record<HbaType, Ways>> = {
  local: SOCKET,
  host: PLAIN | TLS | GSS,
  hostssl: TLS,
  hostnossl: PLAIN | GSS,
  hostgssenc: GSS,
  hostnogssenc: PLAIN | TLS,
};

/** What the lines of one file match. */
export class HbaPatterns {
  readonly #version: Version;
  readonly #elements: Elements;
  readonly #databases = new Map<string, readonly Element[]>();
  readonly #users = new Map<string, readonly Element[]>();

  constructor(version: Version, elements: Elements) {
    this.#version = version;
    this.#elements = elements;
  }

  patternOf({ type, databases, users, address }: HbaLine): Pattern {
    const from = originOf(address);
    let families = 0;
    for (const { family } of from.blocks) families |= family;
    return {
      ways: WAYS[type] & families,
      databases: this.#list(databases, this.#databases, this.#database),
      users: this.#list(users, this.#users, this.#user),
      from,
    };
  }

  /** Each once, and nothing beside `all` that it has in it; a large file has the same few names over and over. */
  #list(
    tokens: readonly AuthToken[],
    known: Map<string, readonly Element[]>,
    read: (token: AuthToken) => Element,
  ): readonly Element[] {
    const [first] = tokens;
    if (first && tokens.length === 1) return this.#one(first, known, read);
    const found = new Set(tokens.flatMap((token) => this.#one(token, known, read)));
    if (!found.has(ANY)) return [...found];
    return found.has(REPLICATION) ? [ANY, REPLICATION] : [ANY];
  }

  #one(
    token: AuthToken,
    known: Map<string, readonly Element[]>,
    read: (token: AuthToken) => Element,
  ): readonly Element[] {
    const key = token.quoted ? `"${token.text}` : token.text;
    const found = known.get(key);
    if (found) return found;
    const made = this.#isTooLong(token) ? [] : [read(token)];
    known.set(key, made);
    return made;
  }

  readonly #database = (token: AuthToken): Element =>
    (token.quoted ? undefined : DATABASES.get(token.text)) ?? this.#name(token);

  readonly #user = (token: AuthToken): Element => {
    if (isGroup(token)) return this.#elements.member(bytesOfToken(token).slice(1));
    return !token.quoted && token.text === "all" ? ANY : this.#name(token);
  };

  #name(token: AuthToken): Element {
    const text = bytesOfToken(token);
    if (!isRegex(token, this.#version)) return this.#elements.name(text);
    return matchesEveryName(text) ? ANY : this.#elements.expression(text.slice(1));
  }

  /** The server cuts what a client asks for, so that nobody has such a name. */
  #isTooLong(token: AuthToken): boolean {
    const { text } = token;
    if (text.length < 16 || isRegex(token, this.#version) || isGroup(token)) return false;
    const bytes = bytesOfToken(token);
    return cutName(bytes, this.#version) !== bytes;
  }
}

const DATABASES: ReadonlyMap<string, Element> = new Map([
  ["all", ANY],
  ["sameuser", SAMEUSER],
  ["samerole", SAMEROLE],
  ["samegroup", SAMEROLE],
  ["replication", REPLICATION],
]);

/** Does a token that stands for an expression find itself in every name? */
export const matchesEveryName = (text: string): boolean => /^\/\^?(?:\(?\.[*+]\)?)?\$?$/.test(text);

function originOf(address: HbaAddress | null): Origin {
  if (address === null) return FROM_SOCKET;
  if (address.kind === "network") return fromBlock(blockOf(address.ip, address.mask));
  // No client's address has the empty name.
  if (address.kind === "name") return address.name === "" ? NOWHERE : fromHost(lowerCase(address.name));
  return KEYWORDS[address.kind];
}

const KEYWORDS = { all: FROM_ANYWHERE, samehost: FROM_SAMEHOST, samenet: FROM_SAMENET } as const;
const NOWHERE: Origin = { blocks: [], surely: [], name: null, within: [] };

/** pg_strcasecmp() in the C locale. */
const lowerCase = (text: string) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
