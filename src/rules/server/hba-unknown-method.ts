import { nearestName } from "../../catalog/nearest.ts";
import { methodsIn } from "../../cluster/hba-record.ts";
import { defineRule } from "../../engine/rule.ts";
import { entryOf } from "../../text/entry-of.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

/** What people write for a method. */
const MEANT: Readonly<Record<string, string>> = {
  scram: "scram-sha-256",
  "scram-sha256": "scram-sha-256",
  scram_sha_256: "scram-sha-256",
  sha256: "scram-sha-256",
  deny: "reject",
  gssapi: "gss",
  kerberos: "gss",
  krb5: "gss",
  crypt: "scram-sha-256",
  ssl: "cert",
};

export default defineRule({
  id: "server/hba-unknown-method",
  title: "an authentication method that the server does not know",
  severity: "error",
  controls: ["A15"],
  docs: () => ({
    why: "The server refuses the whole file over one unknown method: it does not start, and a reload keeps the old rules.",
    fix: "Write the method in full and in small letters, such as scram-sha-256.",
    traps:
      "For a record other than local a missing address makes the method stand in the wrong place. ldap, pam, gss, bsd and sspi depend on how the server was built. oauth came with 18.",
    see: [pgDocs("auth-methods")],
  }),
  *check({ problems, target: { postgres } }) {
    for (const problem of problems("hba/unknown-method")) {
      const word = problem.token?.text ?? "";
      const lower = word.toLowerCase();
      const known = methodsIn(postgres);
      // Nobody is let in without a password over a guess.
      const guesses = known.filter((method) => method !== "trust");
      const near =
        known.find((method) => method === lower) ?? entryOf(MEANT, lower) ?? nearestName(word, guesses);
      yield wrongRecord(problem, `"${word}" is no method${explain(word, problem.server.message)}.`, near);
    }
  },
});

function explain(word: string, message: string): string {
  if (message.endsWith("not supported by this build")) return " of a server on Linux";
  if (word === "oauth") return " before PostgreSQL 18";
  return /^[0-9a-f:.]+(?:\/\d+)?$/i.test(word) ? "; the record has one address too many" : "";
}
