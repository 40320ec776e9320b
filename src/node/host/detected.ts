import { allOf, FACTS, type FactName, type Host, type HostInput } from "../../host/facts.ts";
import { isValue } from "../../host/kinds.ts";

/** What is known of a host, and why the rest is not. */
export interface Detected {
  readonly known: Host;
  readonly unknown: Readonly<Partial<Record<FactName, string>>>;
}

export const NOTHING: Detected = { known: {}, unknown: {} };

/** A value that pgconflint.ini could not hold is none. */
export function known<Name extends FactName>(name: Name, value: HostInput[Name], from: string): Detected {
  return isValue<unknown>(FACTS[name], value) ? { known: { [name]: { value, from } }, unknown: {} } : NOTHING;
}

export const unknown = (name: FactName, why: string): Detected => ({ known: {}, unknown: { [name]: why } });

export const together = (...parts: readonly Detected[]): Detected => ({
  known: allOf(parts.map((part) => part.known)),
  unknown: Object.assign({}, ...parts.map((part) => part.unknown)),
});
