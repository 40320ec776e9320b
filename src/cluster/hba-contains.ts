import type { Ip } from "../access/address.ts";
import type { AuthToken } from "../syntax/auth-tokens.ts";
import type { HbaAddress, HbaFile, HbaLine, HbaType } from "./hba.ts";

/** How a connection comes in, one bit each: what a record's type is a set of. */
export const PLAIN = 1;
export const TLS = 2;
export const GSS = 4;
export const SOCKET = 8;

const TRANSPORTS: Readonly<Record<HbaType, number>> = {
  local: SOCKET,
  host: PLAIN | TLS | GSS,
  hostssl: TLS,
  hostnossl: PLAIN | GSS,
  hostgssenc: GSS,
  hostnogssenc: PLAIN | TLS,
};

const NONE: readonly never[] = [];

/** What the records before it leave of a record. */
export interface Remainder {
  readonly line: HbaLine;
  /** The transports on which some connection still gets to it; 0 where it never matches. */
  readonly open: number;
  /** Where it never matches: the records that take its connections. */
  readonly by: readonly HbaLine[];
}

/** Above that, a record's pairs of a database and a user are not looked at: it counts as open, and as taking nothing. */
const MOST_PAIRS = 1000;

/**
 * Goes through the file once. What is said holds for every membership of roles, every answer of a name server and
 * every network interface: a record is closed only where the earlier ones contain it.
 */
export function remainders({ lines, version }: Pick<HbaFile, "lines" | "version">): Remainder[] {
  const regexes = version.major >= 16;
  const taken = new Taken();
  const places = new Places();
  return lines.map((line) => {
    const databases = line.databases.map((token) => databaseKey(token, regexes));
    const users = line.users.map((token) => userKey(token, regexes));
    const transports = TRANSPORTS[line.type];
    if (databases.length > 1 && users.length > 1 && databases.length * users.length > MOST_PAIRS)
      return { line, open: transports, by: NONE };
    const place = places.placeOf(line.address);
    const remainder = taken.remainder(line, databases, users, place);
    if (remainder.open !== 0) taken.add(line, databases, users, place);
    return remainder;
  });
}

/** Elements of the lists, by what they match: equal keys match the same names. */
const ALL = "all";
const REPLICATION = "replication";

const DATABASE_WORDS = new Set([ALL, REPLICATION, "sameuser", "samerole", "samegroup"]);

/** Does a token that stands for an expression find itself in every name? */
export const matchesEveryName = (text: string): boolean => /^\/\^?(?:\(?\.[*+]\)?)?\$?$/.test(text);

function databaseKey({ text, quoted }: AuthToken, regexes: boolean): string {
  if (regexes && text.startsWith("/") && matchesEveryName(text)) return ALL;
  if (quoted && DATABASE_WORDS.has(text)) return `\0${text}`;
  return !quoted && text === "samegroup" ? "samerole" : text;
}

function userKey({ text, quoted }: AuthToken, regexes: boolean): string {
  if (regexes && text.startsWith("/") && matchesEveryName(text)) return ALL;
  return quoted && (text === ALL || text.startsWith("+")) ? `\0${text}` : text;
}

/** An address as keys: equal keys are the same addresses. */
interface Place {
  readonly key: PlaceKey;
  /** Its own key, those of the wider addresses that may stand above it, and `all`. */
  readonly within: readonly PlaceKey[];
}
type PlaceKey = string | number;
type Words = readonly number[];

const EVERYWHERE: Place = { key: ALL, within: [ALL] };
/** The keys of every IPv4 address and of every IPv6 address, which together are all addresses. */
const EVERY_IP: readonly [PlaceKey, PlaceKey] = [0, "0:0:0:0:0"];

/** More different netmasks than a file can mean; networks of those beyond are around nothing. */
const MOST_MASKS = 200;

/** Turns addresses into keys; it remembers the netmasks so far, as only those can be around a network. */
class Places {
  readonly #masks: Words[] = [[0], [0, 0, 0, 0]];
  readonly #known = new WeakMap<Ip, Words>();

  placeOf(address: HbaAddress | null): Place {
    if (address === null || address.kind === "all") return EVERYWHERE;
    if (address.kind === "network") return this.#network(wordsOf(address.ip), this.#maskOf(address.mask));
    if (address.kind === "name") return placeOfName(address.name.toLowerCase());
    // Each address of a machine lies in one of its networks.
    const within = address.kind === "samehost" ? ["samehost", "samenet", ALL] : ["samenet", ALL];
    return { key: address.kind, within };
  }

  #network(ip: Words, mask: Words): Place {
    const within: PlaceKey[] = [];
    let key: PlaceKey | undefined;
    for (const [id, wide] of this.#masks.entries()) {
      if (!isWider(wide, mask)) continue;
      const around = networkKey(id, ip, wide);
      if (wide === mask) key = around;
      within.push(around);
    }
    within.push(ALL);
    return { key: key ?? `${ip.join(":")}/${mask.join(":")}`, within };
  }

  /** A large file has few netmasks; each is one array, which is remembered. */
  #maskOf(mask: Ip): Words {
    const known = this.#known.get(mask);
    if (known) return known;
    const words = wordsOf(mask);
    const same = this.#masks.find((other) => isSame(other, words)) ?? words;
    if (same === words && this.#masks.length < MOST_MASKS) this.#masks.push(words);
    this.#known.set(mask, same);
    return same;
  }
}

/** A host name lies in those that begin with a dot; the colon tells a name from a keyword. */
function placeOfName(name: string): Place {
  const key = `:${name}`;
  const within: PlaceKey[] = [key];
  for (let dot = name.indexOf(".", 1); dot !== -1; dot = name.indexOf(".", dot + 1))
    within.push(`:${name.slice(dot)}`);
  within.push(ALL);
  return { key, within };
}

const word32 = ([a = 0, b = 0, c = 0, d = 0]: Ip) => ((a << 24) | (b << 16) | (c << 8) | d) >>> 0;

function wordsOf(ip: Ip): Words {
  if (ip.length === 4) return [word32(ip)];
  return [0, 4, 8, 12].map((at) => word32(ip.slice(at, at + 4)));
}

const isSame = (a: Words, b: Words) => a.length === b.length && a.every((word, at) => word === b[at]);

/** Whatever `narrow` compares, `wide` compares no more; both of one family. */
const isWider = (wide: Words, narrow: Words) =>
  wide === narrow ||
  (wide.length === narrow.length && wide.every((word, at) => (word & ~(narrow[at] ?? 0)) === 0));

/** The netmask's place in the list, and the bits that it compares. */
function networkKey(id: number, ip: Words, mask: Words): PlaceKey {
  if (ip.length === 1) return id * 2 ** 32 + (((ip[0] ?? 0) & (mask[0] ?? 0)) >>> 0);
  return `${id - 1}:${ip.map((word, at) => (word & (mask[at] ?? 0)) >>> 0).join(":")}`;
}

/** The transports of one address that earlier records take, and those records: the first for each transport. */
class Share {
  bits = 0;
  lines: readonly HbaLine[] = NONE;

  add(bits: number, lines: readonly HbaLine[]): void {
    if ((bits & ~this.bits) === 0) return;
    this.bits |= bits;
    this.lines = this.lines === NONE ? lines : [...this.lines, ...lines];
  }
}

/** What is taken of one database and one user, by address. Mostly one: a large file has a hundred thousand of these. */
class Cover {
  readonly #key: PlaceKey;
  readonly #share = new Share();
  #more: Map<PlaceKey, Share> | undefined;

  constructor(key: PlaceKey) {
    this.#key = key;
  }

  add(key: PlaceKey, bits: number, line: HbaLine): void {
    const share = this.#shareOf(key);
    share.add(bits, [line]);
    if (key !== EVERY_IP[0] && key !== EVERY_IP[1]) return;
    const other = this.get(key === EVERY_IP[0] ? EVERY_IP[1] : EVERY_IP[0]);
    if (other) this.#shareOf(ALL).add(other.bits & share.bits, [...other.lines, ...share.lines]);
  }

  get(key: PlaceKey): Share | undefined {
    return key === this.#key ? this.#share : this.#more?.get(key);
  }

  collect({ within }: Place, into: Share): void {
    for (const key of within) {
      const share = this.get(key);
      if (share) into.add(share.bits, share.lines);
    }
  }

  #shareOf(key: PlaceKey): Share {
    const known = this.get(key);
    if (known) return known;
    const share = new Share();
    this.#more ??= new Map();
    this.#more.set(key, share);
    return share;
  }
}

/** Those that come by the transports in question, each once. */
function linesOf(shares: readonly Share[], transports: number): readonly HbaLine[] {
  const lines = new Set(shares.flatMap(({ lines }) => lines));
  return [...lines].filter(({ type }) => (TRANSPORTS[type] & transports) !== 0);
}

/** What is taken so far, by database and user. */
class Taken {
  readonly #covers = new Map<string, Map<string, Cover>>();

  add(line: HbaLine, databases: readonly string[], users: readonly string[], { key }: Place): void {
    for (const database of databases) {
      const covers = this.#covers.get(database) ?? new Map<string, Cover>();
      this.#covers.set(database, covers);
      for (const user of users) {
        const cover = covers.get(user) ?? new Cover(key);
        covers.set(user, cover);
        cover.add(key, TRANSPORTS[line.type], line);
      }
    }
  }

  remainder(line: HbaLine, databases: readonly string[], users: readonly string[], place: Place): Remainder {
    const transports = TRANSPORTS[line.type];
    const by: Share[] = [];
    let open = 0;
    for (const database of databases)
      for (const user of users) {
        const share = this.#takenOf(database, user, place);
        open |= transports & ~share.bits;
        if (open === transports) return { line, open, by: NONE };
        by.push(share);
      }
    return { line, open, by: open === 0 ? linesOf(by, transports) : NONE };
  }

  /** `all` is every database, but not the physical replication that has no database. */
  #takenOf(database: string, user: string, place: Place): Share {
    const share = new Share();
    collect(this.#covers.get(database), user, place, share);
    if (database !== ALL && database !== REPLICATION) collect(this.#covers.get(ALL), user, place, share);
    return share;
  }
}

function collect(
  covers: ReadonlyMap<string, Cover> | undefined,
  user: string,
  place: Place,
  into: Share,
): void {
  if (!covers) return;
  covers.get(user)?.collect(place, into);
  if (user !== ALL) covers.get(ALL)?.collect(place, into);
}
