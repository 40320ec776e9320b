import type { HbaFile, HbaLine } from "../../cluster/hba.ts";
import type { AuthToken } from "../../syntax/auth-tokens.ts";
import { isRemote, reachOf } from "./reach.ts";

const PLAIN: ReadonlySet<string> = new Set(["host", "hostnossl", "hostnogssenc"]);
const found = new WeakMap<HbaFile, readonly HbaLine[]>();

/**
 * The lines that let a client on another machine in without encryption, the widest first. Lines behind one that
 * decides about everybody are not among them.
 */
export function plainLines(hba: HbaFile): readonly HbaLine[] {
  const lines = found.get(hba) ?? widestFirst(living(hba.lines));
  found.set(hba, lines);
  return lines;
}

function living(lines: readonly HbaLine[]): HbaLine[] {
  const alive: HbaLine[] = [];
  const closed = new Set<number>();
  for (const line of lines) {
    if (!PLAIN.has(line.type)) continue;
    const families = familiesOf(line);
    const replication = line.databases.every((token) => isWord(token, "replication"));
    const reached = replication || families.some((family) => !closed.has(family));
    if (reached && line.method !== "reject" && isRemote(line)) alive.push(line);
    if (decidesForAll(line)) for (const family of families) closed.add(family);
  }
  return alive;
}

/** The lengths of the addresses that a line may match. */
const familiesOf = ({ address }: HbaLine): readonly number[] =>
  address?.kind === "network" ? [address.ip.length] : [4, 16];

const decidesForAll = (line: HbaLine): boolean =>
  reachOf(line) === "everywhere" &&
  line.databases.some((token) => isWord(token, "all")) &&
  line.users.some((token) => isWord(token, "all"));

const isWord = ({ text, quoted }: AuthToken, word: string) => !quoted && text === word;

const widestFirst = (lines: readonly HbaLine[]): readonly HbaLine[] =>
  lines
    .map((line) => ({ line, width: widthOf(line) }))
    .sort((a, b) => b.width - a.width)
    .map(({ line }) => line);

/** How many bits of an address a line leaves open. */
function widthOf({ address }: HbaLine): number {
  if (address?.kind === "network")
    return address.mask.reduce((bits, byte) => bits + 8 - bitsIn(byte), address.mask.length === 4 ? 96 : 0);
  return address?.kind === "all" ? 128 : address?.kind === "samenet" ? 112 : 0;
}

const bitsIn = (byte: number): number => byte.toString(2).replaceAll("0", "").length;

/** From where a line lets clients in, for people. */
export function whence({ address }: HbaLine): string {
  if (address?.kind === "samenet") return "the server's own networks";
  if (address?.kind === "network" && address.mask.some((byte) => byte !== 0)) {
    const mask = address.maskToken ? ` (mask ${address.maskToken.text})` : "";
    return `${address.token.text}${mask}`;
  }
  return address?.kind === "name" ? address.name : "anywhere";
}
