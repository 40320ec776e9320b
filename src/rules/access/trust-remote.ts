import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import {
  addressText,
  certificateOf,
  isRemoteReach,
  names,
  rewritten,
  usersText,
  withMethod,
  writtenAddress,
} from "../support/hba-lines.ts";
import { howMany, isOpenToAll } from "../support/networks.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/trust-remote",
  title: "trust lets clients on other machines in without a password",
  severity: "error",
  controls: ["A01", "CIS 5.4", "STIG V-233515", "STIG V-233520", "STIG V-233612"],
  docs: () => ({
    why: "trust asks for nothing: whoever reaches the port says a user's name and is that user, the superuser as well, who runs programs on the server with COPY … PROGRAM. Open servers are found by scanners within hours; the owner notices when the data are gone or the CPU is mining.",
    fix: "Write scram-sha-256 (or cert, or gss), give the users passwords, and name the network that the clients are in instead of 0.0.0.0/0 or all. The edit writes samenet, the networks of the server's own interfaces.",
    traps:
      "A firewall in front of it is one change away from being gone; so is listen_addresses, with which only programs on the machine itself get in, as access/trust-local says. The first record that matches decides, so a scram-sha-256 record below a trust record asks nobody. From 12 on clientcert=verify-full beside trust is the same as cert, and is not reported; verify-ca takes any certificate of the authority for any user.",
    leave: "A throw-away server in CI on a network of its own, with nothing in it.",
    see: [pgDocs("auth-trust"), pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    for (const { line, reach } of withMethod(cluster, "trust")) {
      if (!isRemoteReach(reach)) continue;
      const certificate = certificateOf(line, cluster);
      if (certificate === "own") continue;
      const open = isOpenToAll(line);
      const from = open ? `${writtenAddress(line)} is ${howMany(line)}` : `clients from ${addressText(line)}`;
      const how =
        certificate === "any" ? "trust takes any certificate of the authority" : "trust asks for no password";
      yield {
        place: line.methodToken.place,
        message: open
          ? `${from}, and ${how}: anyone on any network logs in as ${who(line)}.`
          : `${how}: ${from} log in as ${who(line)}.`,
        current: line.methodToken.text,
        ...rewritten(line, { method: "scram-sha-256", ...(open && { address: "samenet" }) }),
      };
    }
  },
});

const who = (line: HbaLine) => (names(line.users, "all") ? "any user, superusers included" : usersText(line));
