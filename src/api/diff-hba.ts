import { type Crossing, type CrossingSample, crossings } from "../access/crossing.ts";
import type { Elements } from "../access/elements.ts";
import type { Pattern } from "../access/patterns.ts";
import { type Witness, witnessOf } from "../access/witness.ts";
import { SECRETS } from "../rules/support/hba-lines.ts";
import { allRefs, type LineRef } from "../text/line-refs.ts";
import { type AccessFile, type AccessLine, nameOf } from "./access-file.ts";
import { EVERYTHING, hostsIn } from "./access-reach.ts";
import { type Strength, strengthOf } from "./access-strength.ts";
import {
  type Cells,
  type Encryption,
  elementWord,
  encryptionOf,
  isLocalWord,
  merged,
  originWords,
  union,
} from "./access-words.ts";
import { cleaner } from "./clean-answer.ts";
import { isSameWay, refOf, shownOptions, unlessOf } from "./explain-hba.ts";

/** How one of two files treats some connections. */
export interface Treatment {
  /** Null: no line takes them, so that they are turned away. */
  readonly method: string | null;
  /** Those that are in one of the files only, without secrets. */
  readonly options: readonly string[];
  readonly lines: readonly LineRef[];
}

/** Connections that two files do not treat in the same way. */
export interface AccessChange extends Cells {
  readonly change: "gains" | "loses" | "differs";
  readonly encryption: Encryption;
  readonly before: Treatment;
  readonly after: Treatment;
  /** They differ in a secret, which is not told. */
  readonly secret: boolean;
  /** Lines before these take some of them, in the same way in both files or as other rows say. */
  readonly partly: boolean;
  /** One of them; null where none was found, so that there may be none. */
  readonly witness: Witness | null;
  /** What would have other lines take it. */
  readonly unless: readonly string[];
}

/** What changes about who gets in, the widest doors first; none where both let the same connections in, the same way. */
export function diffAccess(
  before: AccessFile,
  after: AccessFile,
  elements: Elements,
): readonly AccessChange[] {
  const [old, now] = [sideOf(before), sideOf(after)];
  const hosts = new Set([...hostsIn(before.lines), ...hostsIn(after.lines)]);
  const found: AccessChange[] = [];
  const patterns = (side: readonly Entry[]) => side.map(({ pattern }) => pattern);
  const isAsked = (one: number, other: number) => !isAlike(old[one]?.line, now[other]?.line);
  for (const crossing of crossings(patterns(old), patterns(now), elements, isAsked)) {
    const change = changeOf(
      crossing,
      { before, after, hosts, elements },
      old[crossing.before]?.line,
      now[crossing.after]?.line,
    );
    if (change) found.push(change);
  }
  const clean = cleaner([...before.read, ...after.read]);
  return clean(merged(found, keyOf, joined).toSorted((one, other) => rank(one) - rank(other)));
}

interface Entry {
  readonly pattern: Pattern;
  /** Undefined: what no line takes. */
  readonly line: AccessLine | undefined;
}

function sideOf({ lines, ways }: AccessFile): readonly Entry[] {
  const entries: Entry[] = lines.flatMap((line) =>
    line.patterns.map((pattern) => ({ pattern: { ...pattern, ways: pattern.ways & ways }, line })),
  );
  return [...entries, { pattern: { ...EVERYTHING, ways }, line: undefined }];
}

const isRejecting = (line: AccessLine | undefined) => line === undefined || line.method === "reject";

function isAlike(one: AccessLine | undefined, other: AccessLine | undefined): boolean {
  if (isRejecting(one) || isRejecting(other)) return isRejecting(one) && isRejecting(other);
  return one !== undefined && other !== undefined && isSameWay(one, other);
}

interface Files {
  readonly before: AccessFile;
  readonly after: AccessFile;
  readonly hosts: ReadonlySet<string>;
  readonly elements: Elements;
}

/** The first of the samples that the files really treat differently tells the lines. */
function changeOf(
  { ways, from, terms, whole, samples }: Crossing,
  files: Files,
  old: AccessLine | undefined,
  now: AccessLine | undefined,
): AccessChange | undefined {
  const words = originWords(from);
  const its = encryptionOf(ways);
  const encryption = its === "optional" && words.every(isLocalWord) ? "needless" : its;
  const cells = {
    from: words,
    users: union(terms.map(({ user }) => user.map(elementWord).join(" and "))),
    databases: union(terms.map(({ database }) => database.map(elementWord).join(" and "))),
  };
  for (const sample of samples) {
    const proof = proofOf(sample, from, files);
    if (proof)
      return {
        ...cells,
        ...treatments(proof.old, proof.now),
        encryption,
        partly: !whole,
        witness: proof.witness,
        unless: proof.unless,
      };
  }
  return {
    ...cells,
    ...treatments(old, now),
    encryption,
    partly: !whole,
    witness: null,
    unless: [],
  };
}

function proofOf(
  { sure, sample }: CrossingSample,
  from: Crossing["from"],
  { before, after, hosts, elements }: Files,
) {
  const witness = witnessOf(sample, { from }, hosts);
  const [one, other] = [before.match(witness), after.match(witness)];
  const isCertain = one.possible.length + other.possible.length === 0;
  if (!isCertain || isAlike(one.hit, other.hit)) return undefined;
  const unless = new Set(
    sure
      ? []
      : [...unlessOf(before, witness, one.hit, elements), ...unlessOf(after, witness, other.hit, elements)],
  );
  return { witness, old: one.hit, now: other.hit, unless: [...unless] };
}

function treatments(
  old: AccessLine | undefined,
  now: AccessLine | undefined,
): Pick<AccessChange, "change" | "before" | "after" | "secret"> {
  const change = isRejecting(old) ? "gains" : isRejecting(now) ? "loses" : "differs";
  const [before, after] = [treatmentOf(old, now), treatmentOf(now, old)];
  const secret = before.method === after.method && secretsOf(old) !== secretsOf(now);
  return { change, before, after, secret };
}

const isSecret = (option: string) => SECRETS.has(nameOf(option));
const secretsOf = (line: AccessLine | undefined) => line?.options.filter(isSecret).join("\n");

function treatmentOf(line: AccessLine | undefined, other: AccessLine | undefined): Treatment {
  if (!line) return { method: null, options: [], lines: [] };
  const { method, options } = line;
  const shown =
    method === "reject"
      ? []
      : other?.method === method
        ? options.filter((option) => !other.options.includes(option) && !isSecret(option))
        : shownOptions(line);
  return { method, options: shown, lines: [refOf(line)] };
}

const keyOf = ({ change, encryption, before, after, partly, secret, witness }: AccessChange) =>
  JSON.stringify([
    change,
    encryption,
    partly,
    secret,
    witness === null,
    ...[before, after].flatMap(({ method, options }) => [method, ...options]),
  ]);

function joined(first: AccessChange, all: readonly AccessChange[]): AccessChange {
  const both = (key: "before" | "after") => ({
    ...first[key],
    lines: allRefs(all.flatMap((change) => change[key].lines)),
  });
  return { ...first, before: both("before"), after: both("after") };
}

const CHANGES: readonly AccessChange["change"][] = ["gains", "differs", "loses"];
const STRENGTHS: readonly Strength[] = ["nothing", "weak", "strong", "rejected"];

function rank({ change, after, from, encryption }: AccessChange): number {
  const method = after.method ?? "reject";
  const { strength } = strengthOf({ method, options: after.options, from, clear: encryption !== "required" });
  return CHANGES.indexOf(change) * STRENGTHS.length + STRENGTHS.indexOf(strength);
}
