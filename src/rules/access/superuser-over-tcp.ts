import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import type { AuthToken } from "../../syntax/auth-tokens.ts";
import { addressText, admittingRemote, certificateOf, lineText } from "../support/hba-lines.ts";
import { isOpenToAll } from "../support/networks.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/superuser-over-tcp",
  title: "a superuser may log in from other machines",
  severity: "warning",
  controls: ["A09", "STIG V-233520"],
  docs: () => ({
    why: "A superuser reads and writes every file of the server and runs programs on it. With a record of the network its password, found in a script or guessed, is enough; no privilege in the database limits what follows.",
    fix: "Let superusers in on the local socket only (local all postgres peer), give administrators roles of their own with the privileges they need (pg_monitor, pg_read_all_data, CREATEROLE), and turn the superuser away over TCP: host all postgres all reject, above the records of the network.",
    traps:
      "Which roles are superusers stands in the database. pgconflint takes postgres, or what [workload] superusers names.",
    leave:
      "A bastion host or a monitoring host that needs it, as one address with a certificate: a single address, or a certificate, makes it an info.",
    see: [pgDocs("role-attributes"), pgDocs("auth-pg-hba-conf"), pgDocs("predefined-roles")],
  }),
  *check(cluster) {
    const superusers = new Set(cluster.workload.superusers);
    for (const { line, reach } of admittingRemote(cluster)) {
      const token = line.users.find((user) => isSuperuser(user, superusers));
      if (!token || line.method === "trust") continue;
      const narrow = reach === "host" || certificateOf(line, cluster) === "own";
      const reject = rejectAbove(line, token);
      yield {
        place: token.place,
        severity: narrow && !isOpenToAll(line) ? "info" : "warning",
        message: `The superuser ${token.text} may log in from ${addressText(line)}; use a role without SUPERUSER, or a ${reject} above.`,
        current: lineText(line),
        suggested: reject,
        apply: "reload",
      };
    }
  },
});

const isSuperuser = ({ text, quoted }: AuthToken, superusers: ReadonlySet<string>) =>
  superusers.has(text) && (quoted || (text !== "all" && !text.startsWith("+")));

/** A superuser's name may need quotes. */
function rejectAbove(line: HbaLine, { text }: AuthToken): string {
  const user = /^[\w.-]+$/.test(text) && text !== "all" ? text : `"${text.replaceAll('"', '""')}"`;
  const database = line.databases.length === 1 ? line.databases[0]?.text : "all";
  return `host ${database === "replication" ? database : "all"} ${user} all reject`;
}
