import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import { isKeyword } from "../../syntax/auth-tokens.ts";
import {
  admittingRemote,
  certificateOf,
  clearText,
  rewritten,
  usersText,
  writtenAddress,
} from "../support/hba-lines.ts";
import { howMany, isOpenToAll } from "../support/networks.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/any-address",
  title: "a record for every address",
  severity: "warning",
  controls: ["A06"],
  docs: () => ({
    why: "0.0.0.0/0, ::/0 and all leave it to the firewall alone who may try passwords, for as long as they like; the next change of a security group opens the database to the internet. Nobody notices before the log fills with failed logins.",
    fix: "Name the networks of the clients, one record each; samenet stands for the networks of the server's own interfaces. Where clients come from anywhere, ask for TLS (hostssl) and a certificate (cert, or clientcert=verify-full).",
    traps:
      "0.0.0.0/0 is every IPv4 address and no IPv6 address; all is both. A mask of 0.0.0.0 behind an address is the same as /0. 0.0.0.0/1 is half of the internet and is reported as well.",
    leave:
      "Where something else decides who reaches the port, and it is tested: a NetworkPolicy, a private subnet without a route. With hostssl, and with methods that have no password to guess, it is an info; on the platform cnpg, whose operator writes such records, there is none.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    if (cluster.target.platform === "cnpg") return;
    for (const live of admittingRemote(cluster)) {
      const { line } = live;
      if (!isOpenToAll(line) || isSaidElsewhere(line) || certificateOf(line, cluster) === "own") continue;
      const mild = WITHOUT_PASSWORD.has(line.method) || clearText(live, cluster) === "never";
      yield {
        place: line.address?.token.place ?? line.record.place,
        severity: mild ? "info" : "warning",
        message: `${writtenAddress(line)} is ${howMany(line)}: anyone who reaches the port may try to log in as ${usersText(line)}; name the networks of the clients.`,
        ...rewritten(line, { address: "samenet" }),
      };
    }
  },
});

/** Nothing that could be guessed. */
const WITHOUT_PASSWORD = new Set(["gss", "sspi", "oauth"]);

/** Together with its other reason, as one finding. */
const isSaidElsewhere = ({ method, databases }: HbaLine) =>
  method === "trust" || method === "ident" || databases.every((token) => isKeyword(token, "replication"));
