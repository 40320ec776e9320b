import { settingsOf } from "../../catalog/postgres.ts";
import { standbyLimits } from "../../rules/support/standby-limits.ts";
import { hasProgram, heldBy, nameIn, type Takes, takesOf } from "./compared.ts";
import { ownerOf } from "./expected.ts";
import type { Ignored } from "./ignored.ts";
import type { ServerValues } from "./server-values.ts";
import type { Held } from "./values-pool.ts";

/** What a difference is: a mistake, drift, or what servers of their kinds differ in. */
export type Standing =
  | "too-small" // a standby allows less than its primary
  | "drift"
  | "default" // nobody set it, and the default is not the same in both releases
  | "release" // only one of the releases has it
  | "standby" // expected between a primary and a standby
  | "host"; // expected on different hosts

export interface Difference {
  readonly setting: string;
  readonly standing: Standing;
  readonly takes: Takes;
  /** Undefined: not there. */
  readonly values: readonly [Held | undefined, Held | undefined];
}

export interface PairComparison {
  readonly differences: readonly Difference[];
  /** What cannot be compared, as a line of one of them is refused, or a file that may set it is missing. */
  readonly unknown: readonly string[];
  /** What nobody set, and only the release of the one or the other has. */
  readonly onlyKnown: readonly [readonly string[], readonly string[]];
  readonly compared: number;
}

/** `related`: they are servers of one group, of which some differences are expected; else two versions of one file. */
export function comparePair(
  one: ServerValues,
  other: ServerValues,
  { related, ignored }: { related: boolean; ignored: Ignored },
): PairComparison {
  const differences: Difference[] = [];
  const unknown: string[] = [];
  const onlyKnown: [string[], string[]] = [[], []];
  const keys = keysOf(one, other).filter((key) => !ignored(key));
  for (const key of keys) {
    if (one.unknown.has(key) || other.unknown.has(key)) {
      // The same line in both is the same, although both servers refuse it.
      if ((one.unknown.get(key) ?? 1) !== (other.unknown.get(key) ?? 2)) unknown.push(key);
      continue;
    }
    const values = [heldBy(one, key), heldBy(other, key)] as const;
    const [here, there] = values;
    if (here?.same === there?.same || isPartOfMissing(values, one, other)) continue;
    const lonely = !here !== !there && !(here ?? there)?.from;
    if (lonely) onlyKnown[here ? 0 : 1].push(key);
    else {
      const standing = standingOf(key, values, one, other, related);
      differences.push({ setting: key, standing, takes: takesOf(here ? one : other, key), values });
    }
  }
  return { differences, unknown, onlyKnown, compared: keys.length - unknown.length };
}

function keysOf(one: ServerValues, other: ServerValues): string[] {
  const keys = new Set([...one.values.keys(), ...other.values.keys()]);
  for (const { postgres } of [one, other])
    for (const { name, module, context } of postgres ? settingsOf(postgres) : [])
      if (module === null && context !== "internal") keys.add(name);
  // Under its old name it is compared with what the older release has.
  for (const key of [...keys])
    for (const server of [one, other]) if (nameIn(server, key) !== key) keys.delete(nameIn(server, key));
  return [...keys].filter((key) => hasProgram(one, key) && hasProgram(other, key)).sort();
}

type Values = Difference["values"];

/** A database that only one of them has differs once, and not in each of its options. */
const isPartOfMissing = (values: Values, ...servers: readonly ServerValues[]) =>
  values.some((held) => held?.of !== undefined && servers.some(({ values: all }) => !all.has(held.of ?? "")));

function standingOf(
  key: string,
  [here, there]: Values,
  one: ServerValues,
  other: ServerValues,
  related: boolean,
): Standing {
  const isSetting = /^\w+$/.test(key);
  if (isSetting && (!here || !there) && takesOf(here ? one : other, key)) return "release";
  if (here?.from === null && there?.from === null) return "default";
  const roles = one.standby !== other.standby;
  if (related && roles && isLimit(key, one)) {
    const [standby, primary] = one.standby ? [here, there] : [there, here];
    const serves = heldBy(one.standby ? one : other, "hot_standby")?.same !== "off";
    return serves && Number(standby?.same) < Number(primary?.same) ? "too-small" : "standby";
  }
  const owner = ownerOf(key);
  if (!related || owner === "group") return "drift";
  if (owner === "host") return "host";
  return owner === "standby" || roles ? "standby" : "drift";
}

const isLimit = (key: string, { postgres }: ServerValues) =>
  postgres !== null && standbyLimits(postgres).includes(key);

/** Those that nobody has to expect. */
export const isDrift = ({ standing }: Pick<Difference, "standing">): boolean =>
  standing !== "standby" && standing !== "host";
