import { type Ip, parseIp, prefixMask } from "../access/address.ts";
import { isSince, type PoolerVersion } from "../catalog/pooler-version.ts";
import type { FileSet } from "../text/files.ts";
import { resolveFrom } from "../text/files.ts";
import type { Place, Source } from "../text/source.ts";
import type { PoolerHbaProblem } from "./pooler-problems.ts";
import { isUnfinished, type PoolerLine, type PoolerWord, poolerLines, poolerWords } from "./pooler-words.ts";

/** Names of a column: plain ones, and which of the keywords stand among them. */
export interface PoolerHbaNames {
  readonly names: readonly string[];
  readonly keywords: readonly string[];
}

/** A line of auth_hba_file that PgBouncer keeps. */
export interface PoolerHbaLine extends PoolerLine {
  readonly type: "local" | "host" | "hostssl" | "hostnossl";
  readonly databases: PoolerHbaNames;
  readonly users: PoolerHbaNames;
  /** Null for local and for `all`. */
  readonly network: { readonly ip: Ip; readonly mask: Ip } | null;
  readonly method: string;
  readonly map: string | null;
}

/** auth_hba_file as hba.c of PgBouncer reads it: a line that it does not like is dropped, with a warning. */
export interface PoolerHba {
  readonly source: Source;
  readonly lines: readonly PoolerHbaLine[];
  readonly problems: readonly PoolerHbaProblem[];
}

const TYPES = ["local", "host", "hostssl", "hostnossl"] as const;
const KEYWORDS = ["all", "sameuser", "replication"];

/** `maps` are those of auth_ident_file: none where no file is set, null where it is not at hand here. */
export function readPoolerHba(
  files: FileSet,
  source: Source,
  version: PoolerVersion,
  maps: ReadonlySet<string> | null,
): PoolerHba {
  const lines: PoolerHbaLine[] = [];
  const problems: PoolerHbaProblem[] = [];
  for (const { words, line, place } of poolerLines(source)) {
    const parsed = parseLine(words, line, place, files, version);
    const problem =
      typeof parsed === "string"
        ? dropped({ line, place }, `could not parse hba config line ${line}`, parsed)
        : (unknownMap(parsed, maps) ?? neverMatches(parsed));
    if (problem) problems.push(problem);
    if (typeof parsed !== "string" && !problem?.dropped) lines.push(parsed);
  }
  return { source, lines, problems };
}

/** PgBouncer warns of a line that it does not take, and reads on. */
export const dropped = ({ line, place }: PoolerLine, message: string, reason: string): PoolerHbaProblem => ({
  kind: "pooler/hba",
  line,
  place,
  reason,
  dropped: true,
  server: { effect: "ignored", when: "read", message },
});

/** The line, or why PgBouncer drops it. */
function parseLine(
  words: readonly PoolerWord[],
  line: number,
  place: Place,
  files: FileSet,
  version: PoolerVersion,
): PoolerHbaLine | string {
  const rest = [...words];
  const next = () => rest.shift();
  const typeWord = next();
  const type = TYPES.find((known) => known === typeWord?.text && !typeWord.quoted);
  if (!type) return `"${typeWord?.text}" is none of local, host, hostssl and hostnossl`;
  const databases = readNames(rest, { files, version, source: place.source });
  if (typeof databases === "string") return databases;
  const users = readNames(rest, { files, version, source: place.source });
  if (typeof users === "string") return users;
  const network = type === "local" ? null : readNetwork(rest, version);
  if (typeof network === "string") return network;
  const method = next();
  if (!method || method.quoted || !methodsIn(version).includes(method.text))
    return method ? `"${method.text}" is no method here` : "there is no method";
  const option = next();
  if (method.text === "ldap")
    return { line, place, type, databases, users, network, method: "ldap", map: null };
  const map =
    isSince(version, "1.23") && !option?.quoted ? /^map=(.+)$/.exec(option?.text ?? "")?.[1] : undefined;
  if (option && map === undefined) return `there are no options but map, and not "${option.text}"`;
  if (rest.length > 0) return `nothing may stand behind the method, and not "${rest[0]?.text}"`;
  return { line, place, type, databases, users, network, method: method.text, map: map ?? null };
}

function methodsIn(version: PoolerVersion): string[] {
  const methods = "trust reject md5 password peer cert scram-sha-256".split(" ");
  if (isSince(version, "1.25")) methods.push("ldap");
  if (version.minor === 24 && version.patch === 0) methods.push("pam");
  return methods;
}

interface NamesIn {
  readonly files: FileSet;
  readonly version: PoolerVersion;
  readonly source: Source;
}

/** A list of names; blanks may stand around its commas, and `@file` brings more. */
function readNames(words: PoolerWord[], where: NamesIn, depth = 0): PoolerHbaNames | string {
  const names: string[] = [];
  const keywords: string[] = [];
  for (;;) {
    const word = words.shift();
    if (!word || (word.text === "," && !word.quoted)) return "a name is missing";
    if (isUnfinished(word)) return `the quote of ${word.text} does not end`;
    if (word.quoted) names.push(word.text);
    else if (word.text === "replication" && !isSince(where.version, "1.23"))
      return "connections for replication came with 1.23";
    else if (KEYWORDS.includes(word.text)) keywords.push(word.text);
    else if (word.text === "samerole" || word.text === "samegroup" || word.text.startsWith("+"))
      return `PgBouncer knows no memberships, so not "${word.text}"`;
    else if (word.text.startsWith("@")) {
      const included = namesOfFile(word.text.slice(1), where, depth);
      if (typeof included === "string") return included;
      for (const name of included.names) names.push(name);
      for (const keyword of included.keywords) keywords.push(keyword);
    } else names.push(word.text);
    if (words[0]?.text !== "," || words[0].quoted) return { names, keywords };
    words.shift();
  }
}

/** A list a line; one without names, even an empty one or a comment, spoils the line that names the file. */
function namesOfFile(path: string, where: NamesIn, depth: number): PoolerHbaNames | string {
  const source = depth < 10 ? where.files.read(resolveFrom(where.source.path, path)) : "too deep";
  if (typeof source === "string") return `${path} cannot be read`;
  const lists: PoolerHbaNames[] = [];
  for (const [at, line] of source.text.replace(/\n$/, "").split("\n").entries()) {
    const list =
      source.text === "" ? NO_NAMES : readNames(poolerWords(line), { ...where, source }, depth + 1);
    if (typeof list === "string") return `${list} in line ${at + 1} of ${path}`;
    lists.push(list);
  }
  return {
    names: lists.flatMap(({ names }) => names),
    keywords: lists.flatMap(({ keywords }) => keywords),
  };
}

const NO_NAMES: PoolerHbaNames = { names: [], keywords: [] };

/** Null: every address. */
function readNetwork(words: PoolerWord[], version: PoolerVersion): { ip: Ip; mask: Ip } | null | string {
  const word = words.shift();
  if (!word || word.quoted) return "the address is missing";
  if (word.text === "all") return isSince(version, "1.23") ? null : "the address all came with 1.23";
  const slash = word.text.indexOf("/");
  const address = slash === -1 ? word.text : word.text.slice(0, slash);
  const bits = slash === -1 ? undefined : word.text.slice(slash + 1);
  const ip = isPlainIp(address) ? parseIp(address) : undefined;
  if (!ip) return `"${word.text}" is no address`;
  if (bits === undefined) {
    const maskWord = words.shift();
    const mask =
      maskWord && !maskWord.quoted && isPlainIp(maskWord.text) ? parseIp(maskWord.text) : undefined;
    return mask?.length === ip.length ? { ip, mask } : `${address} needs a mask`;
  }
  const prefix = Number(bits);
  // strtoul(), which takes a sign, and nothing at all for 0.
  if (!/^(?:|\+?\d+|-0+)$/.test(bits) || prefix > 8 * ip.length)
    return `"${word.text}" has no valid number of bits`;
  return { ip, mask: prefixMask(Math.abs(prefix), ip.length) };
}

/** inet_pton(): four decimal numbers, none of the abbreviations that PostgreSQL reads. */
const isPlainIp = (text: string) =>
  (text.includes(":") && !text.includes("%")) || /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})$/.test(text);

function unknownMap({ map, ...at }: PoolerHbaLine, maps: ReadonlySet<string> | null) {
  if (map === null || !maps || maps.has(map)) return undefined;
  const message = `hba line ${at.line}: Ident map ${map} is not found in ident config file`;
  return dropped(at, message, `no line of auth_ident_file has the map "${map}"`);
}

/** The client's address is masked and compared with the address as it is written. */
function neverMatches({ network, line, place }: PoolerHbaLine): PoolerHbaProblem | undefined {
  const outside = network?.ip.some((byte, at) => (byte & ~(network.mask[at] ?? 0) & 0xff) !== 0);
  if (!outside) return undefined;
  const message = `Address does not match mask in ${place.source.path} line #${line}`;
  return {
    kind: "pooler/hba",
    line,
    place,
    reason: "bits of the address lie outside of its mask, so that it matches nothing",
    dropped: false,
    server: { effect: "ignored", when: "read", message },
  };
}
