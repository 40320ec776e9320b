import type { Setting } from "../../catalog/setting.ts";
import type { Version } from "../../catalog/version.ts";
import type { Cluster } from "../../cluster/cluster.ts";
import type { ConfValueProblem } from "../../cluster/conf-problems.ts";
import type { Draft } from "../../engine/rule.ts";
import { formatG } from "../../values/c-numbers.ts";
import { parseValue, type Refusal } from "../../values/parse.ts";
import { inLargestUnit } from "../../values/units.ts";
import { applyOf, rewriteValue } from "./conf.ts";

/** The values that the server does not take, for one kind of reason. */
export function* refusedValues(
  { problems }: Cluster,
  ...reasons: Refusal["reason"][]
): Generator<ConfValueProblem> {
  for (const problem of problems("conf/value")) if (reasons.includes(problem.refusal.reason)) yield problem;
}

/** Would the server take this text instead? */
export function takes(version: Version, setting: Setting, text: string): boolean {
  const parsed = parseValue(setting, text, { version, shown: setting.name, current: () => "" });
  return !("message" in parsed);
}

/** What every finding about a refused value has in common; `suggested` becomes a fix where it is `certain`. */
export function refusedValue(
  { place, entry, setting, server }: ConfValueProblem,
  message: string,
  suggested?: string,
  certain = true,
): Draft {
  return {
    place,
    message,
    setting: setting.name,
    current: entry.value,
    apply: applyOf(setting),
    server,
    ...(suggested !== undefined && { suggested }),
    ...(suggested !== undefined && certain && { fix: rewriteValue(place.source, entry, suggested) }),
  };
}

/** A value in base units as a person would write it. */
export const readable = ({ unit }: Setting, value: number, version: Version): string =>
  unit === null || value < 0 || !Number.isInteger(value)
    ? plainNumber(value)
    : inLargestUnit(value, unit, version);

const plainNumber = (value: number) => (Number.isInteger(value) ? String(value) : formatG(value));
