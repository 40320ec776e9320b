import { blockOf } from "../access/blocks.ts";
import { byteText } from "../access/bytes.ts";
import { ANY, type Element, type Elements, REPLICATION, SAMEUSER } from "../access/elements.ts";
import { FROM_ANYWHERE, FROM_SOCKET, fromBlock, type Origin, type Pattern } from "../access/patterns.ts";
import { GSS } from "../access/ways.ts";
import { NOWHERE, WAYS } from "./hba-patterns.ts";
import type { PoolerHbaLine, PoolerHbaNames } from "./pooler-hba.ts";

/** What a line of auth_hba_file matches: two patterns where it has sameuser among its users. */
export function poolerPatterns(line: PoolerHbaLine, elements: Elements): readonly Pattern[] {
  const from = originOf(line);
  let families = 0;
  for (const { family } of from.blocks) families |= family;
  const ways = WAYS[line.type] & ~GSS & families;
  const namesOf = ({ names }: PoolerHbaNames) =>
    names.map((name) => elements.name(byteText(name, line.place.source.encoding)));
  const isAll = (list: PoolerHbaNames) => list.keywords.includes("all");
  const plain: Element[] = isAll(line.databases) ? [ANY] : namesOf(line.databases);
  if (line.databases.keywords.includes("sameuser") && plain[0] !== ANY) plain.push(SAMEUSER);
  const databases = line.databases.keywords.includes("replication") ? [...plain, REPLICATION] : plain;
  if (isAll(line.users)) return [{ ways, from, databases, users: [ANY] }];
  const patterns: Pattern[] = [];
  const users = namesOf(line.users);
  if (users.length > 0) patterns.push({ ways, from, databases, users });
  if (line.users.keywords.includes("sameuser")) {
    patterns.push(...sameUser(ways, from, plain));
    // What a connection for replication gives for a database does not matter but here: it may match, or not.
    if (databases !== plain)
      patterns.push({ ways, from, databases: [REPLICATION], users: [elements.member("sameuser")] });
  }
  return patterns;
}

/** Users that are called as their database is. */
function* sameUser(ways: Pattern["ways"], from: Origin, databases: readonly Element[]): Generator<Pattern> {
  if (databases.some((database) => database === ANY || database === SAMEUSER))
    yield { ways, from, databases: [SAMEUSER], users: [ANY] };
  else for (const name of databases) yield { ways, from, databases: [name], users: [name] };
}

/** The address is compared as it is written: with bits outside of its mask it is that of no client. */
function originOf({ type, network }: PoolerHbaLine): Origin {
  if (type === "local") return FROM_SOCKET;
  if (network === null) return FROM_ANYWHERE;
  const { ip, mask } = network;
  const isMasked = ip.every((byte, at) => (byte & ~(mask[at] ?? 0) & 0xff) === 0);
  return isMasked ? fromBlock(blockOf(ip, mask)) : NOWHERE;
}
