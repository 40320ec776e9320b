import { PLAIN } from "../../access/ways.ts";
import type { HbaFile, HbaLine } from "../../cluster/hba.ts";
import type { ReachedLine } from "../../cluster/hba-reach.ts";
import { hbaReach } from "./hba-lines.ts";
import { isRemote } from "./reach.ts";

const found = new WeakMap<HbaFile, readonly HbaLine[]>();

/** The lines that let a client on another machine in without encryption, the widest first. */
export function plainLines(hba: HbaFile): readonly HbaLine[] {
  const lines = found.get(hba) ?? widestFirst(hbaReach(hba).lines.filter(isPlain));
  found.set(hba, lines);
  return lines;
}

const isPlain = ({ line, open }: ReachedLine): boolean =>
  (open & PLAIN) !== 0 && line.method !== "reject" && isRemote(line);

const widestFirst = (lines: readonly ReachedLine[]): readonly HbaLine[] =>
  lines
    .map(({ line }) => ({ line, width: widthOf(line) }))
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
