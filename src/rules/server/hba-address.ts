import { defineRule } from "../../engine/rule.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-address",
  title: "an address or netmask that does not parse",
  severity: "error",
  controls: ["A15"],
  docs: () => ({
    why: "What is not a numeric address is taken for a host name, and a host name cannot have a netmask: `1.2.3.300/24` is refused for that reason, not for the 300. The server refuses the whole file.",
    fix: "Write a network as ADDRESS/BITS, bits from 0 to 32 for IPv4 and to 128 for IPv6.",
    traps:
      "`10/8` is the address 0.0.0.10, and a leading zero makes a number octal. IPv6 addresses stand without brackets.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check({ problems }) {
    for (const problem of [...problems("hba/address"), ...problems("hba/mask")]) {
      const word = problem.token?.text ?? "";
      yield wrongRecord(problem, says(problem.kind, word, problem.server.message), corrected(word));
    }
  },
});

function says(kind: string, word: string, message: string): string {
  if (kind === "hba/mask" && message.startsWith("IP address and mask"))
    return `The netmask ${word} is not of the address's family.`;
  if (kind === "hba/mask")
    return `"${word}" is no netmask; the address before it needs /bits, or a mask of its own.`;
  if (message.startsWith("invalid CIDR")) return `${word} has no valid number of bits behind the slash.`;
  return `${word.split("/")[0]} is no numeric address, and a host name cannot have a netmask.`;
}

/** [::1]/128 without its brackets. */
const corrected = (word: string) => (/^\[[0-9a-f:.]+\]/i.test(word) ? word.replace(/[[\]]/g, "") : undefined);
