import type { Cluster } from "../../cluster/cluster.ts";
import { matchesEveryName } from "../../cluster/hba-patterns.ts";
import type { IdentLine } from "../../cluster/ident.ts";
import type { Severity } from "../../engine/rule.ts";
import { defineRule } from "../../engine/rule.ts";
import { usedMappings } from "../support/ident-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/map-to-superuser",
  title: "a user map that makes others the superuser",
  severity: "error",
  controls: ["A17", "STIG V-233615"],
  docs: () => ({
    why: "A map stands above the method: with a record such as staff /^(.*)$ postgres whoever peer, cert or gss has recognised is the superuser, the intern's account and the web server's as well. In the log it is a normal login of postgres.",
    fix: "Write one record for each person who may be the superuser, with both names in full. To let everyone in under their own name, write \\1 behind an expression in parentheses.",
    traps:
      "From 16 on all, +role and expressions in the third field have the meaning that they have in pg_hba.conf; all is every role. An expression without ^ and $ is found in the middle of a name, too.",
    leave:
      "Records for single people, which are an info, as a list of who is the superuser. root and the superuser itself are not reported: they have the files anyway.",
    see: [pgDocs("auth-username-maps")],
  }),
  *check(cluster) {
    for (const line of usedMappings(cluster)) {
      const role = roleOf(line, cluster);
      if (role === undefined || isTrusted(line, cluster)) continue;
      const { systemUser, map } = line;
      yield {
        place: systemUser.place,
        severity: severityOf(systemUser.text),
        message: `Map ${map.text} lets ${whoIs(systemUser.text)} log in as ${role}.`,
        current: `${map.text} ${systemUser.text} ${line.databaseUser.text}`,
        apply: "reload",
      };
    }
  },
});

/** The superuser that the mapping leads to. */
function roleOf({ databaseUser }: IdentLine, { workload, target }: Cluster): string | undefined {
  const { text, quoted } = databaseUser;
  const keywords = target.postgres.major >= 16;
  if (keywords && ((text === "all" && !quoted) || matchesEveryName(text)))
    return "any role, superusers included";
  if (keywords && text.startsWith("/")) return undefined;
  return workload.superusers.includes(text) ? `the superuser ${text}` : undefined;
}

const isTrusted = ({ systemUser: { text } }: IdentLine, { workload }: Cluster) =>
  text === "root" || workload.superusers.includes(text);

function severityOf(systemUser: string): Severity {
  if (!systemUser.startsWith("/")) return "info";
  return matchesEveryName(systemUser) ? "error" : "warning";
}

function whoIs(systemUser: string): string {
  if (!systemUser.startsWith("/")) return systemUser;
  return matchesEveryName(systemUser)
    ? `everyone (${systemUser})`
    : `everyone whose name matches ${systemUser}`;
}
