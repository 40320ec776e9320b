import type { Cluster } from "../../cluster/cluster.ts";
import { defineRule } from "../../engine/rule.ts";
import { addressText, isRemoteReach, rewritten, usersText, withMethod } from "../support/hba-lines.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/trust-local",
  title: "trust lets every program on the server's machine in without a password",
  severity: "warning",
  controls: ["A02", "CIS 5.3", "STIG V-233520"],
  docs: () => ({
    why: "Every account on the machine, and every service that an attacker gets a shell or a forged request through, is the superuser of the database. initdb writes these records unless it is told otherwise with -A.",
    fix: "On the socket write peer, which takes the name from the operating system; on loopback addresses write scram-sha-256.",
    traps:
      "A connection pooler, a tunnel or a container's port forwarding makes clients from elsewhere come from 127.0.0.1. peer needs the operating system's user and the database's to have one name, or a map.",
    leave:
      "A machine or container with nobody but the database in it. With unix_socket_permissions = 0700 nobody but the server's own account reaches the socket, and nothing is reported.",
    see: [pgDocs("auth-trust"), pgDocs("auth-peer"), settingDocs("connection", "unix_socket_permissions")],
  }),
  *check(cluster) {
    const owned = onlyOwnerReachesSocket(cluster);
    for (const { line, reach } of withMethod(cluster, "trust")) {
      if (isRemoteReach(reach) || (reach === "socket" && owned)) continue;
      const where = reach === "socket" ? "the local socket" : addressText(line);
      const method = reach === "socket" ? "peer" : "scram-sha-256";
      yield {
        place: line.methodToken.place,
        message: `trust on ${where} lets any program on this machine log in as ${usersText(line)}; ${method} asks who it is.`,
        current: line.methodToken.text,
        ...rewritten(line, { method }),
      };
    }
  },
});

function onlyOwnerReachesSocket({ conf }: Cluster): boolean {
  const mode = conf?.known("unix_socket_permissions")?.value;
  return typeof mode === "number" && (mode & 0o077) === 0;
}
