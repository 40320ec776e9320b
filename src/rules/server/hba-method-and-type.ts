import { defineRule } from "../../engine/rule.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-method-and-type",
  title: "a method that does not go with the connection type",
  severity: "error",
  controls: ["A15"],
  docs: () => ({
    why: "peer asks the kernel who is at the other end of a Unix socket, so it is for local alone; cert needs TLS, so hostssl; gss needs TCP. The server refuses the whole file otherwise.",
    fix: "Over TCP use scram-sha-256 for what peer did locally; write hostssl with cert.",
    traps: "`ident` on a local record is silently read as peer.",
    see: [pgDocs("auth-peer"), pgDocs("auth-cert"), pgDocs("gssapi-auth")],
  }),
  *check({ problems }) {
    for (const problem of problems("hba/method-and-type"))
      yield wrongRecord(problem, `${problem.token?.text} cannot be used here: ${problem.server.message}.`);
  },
});
