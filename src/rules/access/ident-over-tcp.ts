import { defineRule } from "../../engine/rule.ts";
import { addressText, isRemoteReach, rewritten, withMethod, writtenAddress } from "../support/hba-lines.ts";
import { howMany, isOpenToAll } from "../support/networks.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/ident-over-tcp",
  title: "ident over TCP believes what the client's machine says",
  severity: "error",
  controls: ["A05", "CIS 5.4"],
  docs: () => ({
    why: "The server asks port 113 of the client's machine who the user is, and believes the answer. Whoever owns that machine, or answers in its place, is any user. Where no ident server runs, as nearly everywhere, nobody gets in at all.",
    fix: "Write scram-sha-256, with passwords; or peer on a local record.",
    traps: "On local records ident means peer, and is not reported.",
    leave: "A closed network where all machines are under one hand and run an ident server.",
    see: [pgDocs("auth-ident"), pgDocs("auth-peer")],
  }),
  *check(cluster) {
    for (const { line, reach } of withMethod(cluster, "ident")) {
      const remote = isRemoteReach(reach);
      const open = isOpenToAll(line);
      const from = open ? `${writtenAddress(line)} is ${howMany(line)}` : addressText(line);
      yield {
        place: line.methodToken.place,
        severity: remote ? "error" : "warning",
        message: remote
          ? `${open ? `${from}, and ident believes each of these machines` : `ident believes the machines of ${from}`} about who is on it; scram-sha-256 asks for a password.`
          : `ident on ${from} asks port 113 of this machine for the user's name, and fails where no ident server runs; write scram-sha-256.`,
        current: "ident",
        ...rewritten(line, { method: "scram-sha-256", ...(open && { address: "samenet" }) }),
      };
    }
  },
});
