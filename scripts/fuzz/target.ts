import type { FuzzCase, FuzzFile } from "./case.ts";
import { FILE_NAMES } from "./nasty.ts";
import type { Random } from "./random.ts";
import { KINDS, type Kind } from "./seeds.ts";
import { textOf, withSecret } from "./texts.ts";

/** What is fuzzed: how an input of it is made, and what has to hold for every input. */
export interface Target {
  readonly name: string;
  make(random: Random): FuzzCase;
  /** Throws where something does not hold. */
  check(input: FuzzCase): void | Promise<void>;
}

export const MAJORS = ["10", "11", "12", "13", "14", "15", "16", "17", "18"] as const;
export const POOLERS = ["1.15", "1.16", "1.19", "1.23", "1.25"] as const;

/** One file of a kind, and a release. */
export const oneFile = (kind: Kind, releases: readonly [string, ...string[]]) => (random: Random) => ({
  files: [{ path: kind, text: textOf(kind, random) }],
  words: [random.pick(releases)],
});

/** A server's files with others that they may include, in a circle as well. */
export function clusterFiles(random: Random, secrets: boolean): FuzzFile[] {
  const files = new Map<string, FuzzFile>();
  // In a file of another kind than its name says, a secret has nothing round it that tells of one.
  const add = (path: string, kind: Kind) => {
    const text = textOf(kind, random);
    const planted = secrets && path === kind && random.oneIn(2);
    files.set(path, { path, text: planted ? withSecret(kind, text, random) : text });
  };
  for (const kind of KINDS) if (random.oneIn(2)) add(kind, kind);
  if (files.size === 0) add("postgresql.conf", "postgresql.conf");
  if (random.oneIn(8)) add("postgresql.auto.conf", "postgresql.conf");
  if (random.oneIn(20)) add("recovery.conf", "postgresql.conf");
  random.some(3, () => add(random.pick(FILE_NAMES), random.pick(KINDS)));
  return [...files.values()];
}

export function must(holds: boolean, what: () => string): void {
  if (!holds) throw new Error(what());
}

export const asJson = (value: unknown): string => JSON.stringify(value)?.slice(0, 400) ?? "undefined";
