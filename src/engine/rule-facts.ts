import { PROFILES, type Rule } from "./rule.ts";

const SERVERS: Readonly<Record<string, string>> = { postgres: "PostgreSQL", pgbouncer: "PgBouncer" };

/** What stands under the title of a rule's page: how bad, for which releases, in which profiles, and its controls. */
export function ruleFacts({ severity, versions = {}, profiles, controls = [] }: Rule): string[] {
  const ranges = Object.entries(versions).map(([server, range]) => `${SERVERS[server] ?? server} ${range}`);
  return [
    severity,
    ...(ranges.length > 0 ? ranges : ["every release"]),
    ...(profiles ? [`${profiles.length === 1 ? "profile" : "profiles"} ${profiles.join(", ")}`] : []),
    ...controls.filter((control) => /^(?:CIS|STIG) /.test(control)),
  ];
}

/** Rules about what the server itself says have one answer for all. */
export const whenToLeave = ({ id, docs }: Rule): string =>
  docs().leave ??
  (id.startsWith("server/")
    ? "Not at all: it is what the server does with the file. Where the file is a template, suppress it with a reason."
    : "Not at all.");

export const isInDefault = ({ profiles = PROFILES }: Rule): boolean => profiles.includes("default");
