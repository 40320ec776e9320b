import { formatIp } from "../../access/address.ts";
import { defineRule } from "../../engine/rule.ts";
import { addressText, admitting, isRemoteReach } from "../support/hba-lines.ts";
import { addressCount, isOpenToAll, type Network, prefixOf } from "../support/networks.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/host-bits",
  title: "an address with bits set behind its netmask",
  severity: "info",
  controls: ["A21"],
  docs: () => ({
    why: "The server compares only what the mask covers, and says nothing of the rest: 192.168.1.5/24 reads like one machine and lets in 256 addresses.",
    fix: "Write the network (192.168.1.0/24) if that is meant, or /32 for the one machine (/128 for IPv6).",
    traps: "The edit writes the network that is let in today; it changes nothing but what people read.",
    leave: "Where the address is a note of who is meant, and the width is intended.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    for (const { line, reach } of admitting(cluster)) {
      const { address } = line;
      if (address?.kind !== "network" || !hasHostBits(address)) continue;
      const { ip, mask, token, maskToken } = address;
      const bits = prefixOf(mask);
      if (bits === undefined || !isRemoteReach(reach) || isOpenToAll(line)) continue;
      // What the server reads as another address than people do is access/address-typo.
      if (ip.length === 4 && token.text.split("/")[0] !== formatIp(ip)) continue;
      const network = formatIp(ip.map((byte, at) => byte & (mask[at] ?? 0)));
      const suggested = maskToken ? network : `${network}/${bits}`;
      yield {
        place: token.place,
        message: `${addressText(line)} is all ${addressCount(mask)} addresses of ${network}/${bits}, not the one machine; write that, or ${formatIp(ip)}/${ip.length * 8}.`,
        current: token.text,
        suggested,
        apply: "reload",
        fix: { title: `Write ${suggested}`, safe: true, edits: [{ place: token.place, text: suggested }] },
      };
    }
  },
});

const hasHostBits = ({ ip, mask }: Network) => ip.some((byte, at) => (byte & ~(mask[at] ?? 0)) !== 0);
