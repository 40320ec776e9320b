import { nearestName } from "../catalog/nearest.ts";
import { TargetError } from "../cluster/target.ts";
import { FACTS, type Host, type HostInput, hostFrom } from "../host/facts.ts";
import { type FactKind, isValue } from "../host/kinds.ts";
import { WORKLOAD_FACTS, type Workload } from "../host/workload.ts";

/** The facts of a caller, who gives them as values, and may be no TypeScript. */
export function checkedHost(host: HostInput, from = "host"): Host {
  check("host", host, FACTS);
  return hostFrom(host, from);
}

export function checkedWorkload({ superusers, ...facts }: Partial<Workload>): Partial<Workload> {
  check("workload", facts, WORKLOAD_FACTS);
  return { ...facts, ...(superusers && { superusers }) };
}

function check(what: string, given: object, kinds: Readonly<Record<string, FactKind<unknown>>>): void {
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined) continue;
    const kind = Object.hasOwn(kinds, name) ? kinds[name] : undefined;
    if (!kind) {
      const near = nearestName(name, Object.keys(kinds));
      const advice = near ? `did you mean ${near}?` : `known: ${Object.keys(kinds).join(", ")}`;
      throw new TargetError(`${what}.${name} is not known; ${advice}`);
    }
    if (!isValue(kind, value)) throw new TargetError(`${what}.${name} ${shown(value)}: not ${wanted(kind)}`);
  }
}

/** As a value rather than in words: bytes, true and false. */
const wanted = ({ type, wanted: words }: FactKind<unknown>): string => {
  if (type === "boolean") return "true or false";
  return type === "number" && words.startsWith("a size") ? "a size in bytes" : words;
};

const shown = (value: unknown): string => (typeof value === "string" ? JSON.stringify(value) : String(value));
