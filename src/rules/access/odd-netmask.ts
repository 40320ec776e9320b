import { formatIp, type Ip } from "../../access/address.ts";
import { defineRule } from "../../engine/rule.ts";
import { addressText, rewritten, writtenLines } from "../support/hba-lines.ts";
import { addressCount, type Network, prefixOf } from "../support/networks.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/odd-netmask",
  title: "a netmask with holes",
  severity: "warning",
  controls: ["A22"],
  docs: () => ({
    why: "The server takes any mask, and compares the bits that are set in it: 10.0.0.0 0.0.0.255 lets in every address that ends in 0, and 10.0.0.0 8 compares a single bit. Nobody means that; the records of a router, which has its masks the other way round, look so.",
    fix: "Write the network with /bits.",
    traps: "A number alone is an address too, so a mask of 8 is 0.0.0.8.",
    leave: "Addresses that are handed out in a pattern, and somebody who knows why.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    for (const { line } of writtenLines(cluster)) {
      const { address } = line;
      if (address?.kind !== "network" || prefixOf(address.mask) !== undefined) continue;
      const meant = meantBits(address);
      const instead = meant === undefined ? undefined : `${formatIp(address.ip)}/${meant}`;
      yield {
        place: (address.maskToken ?? address.token).place,
        message: `The mask ${formatIp(address.mask)} has holes, so ${addressText(line)} is ${addressCount(address.mask)} addresses all over the net${instead === undefined ? "" : `; ${instead} was probably meant`}.`,
        current: address.maskToken?.text ?? "",
        apply: "reload",
        ...(instead !== undefined && rewritten(line, { address: instead })),
      };
    }
  },
});

/** A number of bits without its slash, or a mask the wrong way round. */
function meantBits({ ip, mask, maskToken }: Network): number | undefined {
  const number = Number(maskToken?.text);
  if (/^\d+$/.test(maskToken?.text ?? "") && number <= ip.length * 8) return number;
  return prefixOf(inverted(mask));
}

const inverted = (mask: Ip): Ip => mask.map((byte) => byte ^ 0xff);
