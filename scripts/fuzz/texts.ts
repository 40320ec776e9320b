import { SECRET } from "./case.ts";
import { lineOf, secretLine } from "./grammar.ts";
import { NASTY } from "./nasty.ts";
import type { Random } from "./random.ts";
import { type Kind, readSeeds } from "./seeds.ts";

const seeds = readSeeds();

/** A file of a kind: right but for some words, a fixture with some of it changed, pieces of anything, or bytes. */
export function textOf(kind: Kind, random: Random): string | Uint8Array {
  switch (random.below(10)) {
    case 0:
      return random.some(60, () => random.pick(NASTY)).join("");
    case 1:
      return Uint8Array.from(random.some(300, () => random.below(256)));
    case 2:
    case 3:
    case 4:
      return grammatical(kind, random);
    case 5:
      return broken(mutated(grammatical(kind, random), random), random);
    default:
      return mutated(random.pick(seeds[kind]) ?? "", random);
  }
}

const grammatical = (kind: Kind, random: Random) =>
  random.some(25, () => lineOf(kind, random)).join(random.oneIn(6) ? "\r\n" : "\n");

/** Bytes that are no UTF-8. */
function broken(text: string, random: Random): Uint8Array {
  const bytes = Buffer.from(text);
  if (bytes.length > 0) bytes[random.below(bytes.length)] = 0x80 + random.below(128);
  return Uint8Array.from(bytes);
}

function mutated(text: string, random: Random): string {
  let now = text;
  for (let change = random.below(8); change >= 0; change--) now = changed(now, random);
  return random.oneIn(150) ? grown(now, random) : now;
}

function changed(text: string, random: Random): string {
  const at = random.below(text.length + 1);
  const end = Math.min(text.length, at + random.below(12));
  switch (random.below(6)) {
    case 0:
      return text.slice(0, at) + text.slice(end);
    case 1:
      return text.slice(0, end) + text.slice(at, end).repeat(1 + random.below(4)) + text.slice(end);
    case 2: {
      const lines = text.split("\n");
      const [line = ""] = lines.splice(random.below(lines.length), 1);
      lines.splice(random.below(lines.length + 1), 0, line);
      return lines.join("\n");
    }
    case 3:
      return (
        text.slice(0, at) +
        String.fromCharCode(random.below(random.oneIn(3) ? 0x10000 : 0x80)) +
        text.slice(end)
      );
    default:
      return text.slice(0, at) + random.pick(NASTY) + text.slice(random.oneIn(2) ? at : end);
  }
}

/** Some of it very often, in which a cost that grows with the square shows. */
function grown(text: string, random: Random): string {
  const at = random.below(text.length);
  const piece = text.slice(at, at + 1 + random.below(80)) || "a";
  return (
    text.slice(0, at) + piece.repeat(Math.ceil((2000 + random.below(60_000)) / piece.length)) + text.slice(at)
  );
}

/** The same with a line of its own that holds the secret. */
export function withSecret(kind: Kind, text: string | Uint8Array, random: Random): string | Uint8Array {
  if (typeof text !== "string") return text;
  const lines = text.split("\n");
  lines.splice(random.below(lines.length + 1), 0, secretLine(kind, SECRET, random));
  return lines.join("\n");
}
