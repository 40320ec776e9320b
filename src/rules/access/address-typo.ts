import { formatIp, type Ip } from "../../access/address.ts";
import type { HbaAddress, HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import { rewritten, writtenLines } from "../support/hba-lines.ts";
import { type Network, prefixOf } from "../support/networks.ts";
import { pgDocs, pgSource } from "../support/sources.ts";

export default defineRule({
  id: "access/address-typo",
  title: "an address that is another one, or a host name, to the server",
  severity: "warning",
  controls: ["A20"],
  docs: () => ({
    why: "What is no numeric address is a host name, whatever it looks like: 10.0.0.300 loads, is looked up for each connection, and never matches. Other slips are valid addresses, of other machines: 10/8 is 0.0.0.10/8. The server says nothing of either.",
    fix: "Write all four numbers of an IPv4 address, from 0 to 255, without leading zeros, then /bits. A host name with a dot in front stands for all names below it; all is every address.",
    traps:
      "A leading zero makes a number octal, 010 is 8. IPv4 clients are never seen as ::ffff:a.b.c.d, so records of that kind match nobody. No * is looked at in a host name.",
    leave: "A host that really has such a name in the name server; its last part would have to be a number.",
    see: [pgDocs("auth-pg-hba-conf"), pgSource("libpq/hba.c")],
  }),
  *check(cluster) {
    for (const { line } of writtenLines(cluster)) {
      const slip = line.address && slipIn(line.address);
      if (!slip) continue;
      yield {
        place: line.address?.token.place ?? line.record.place,
        message: slip.message,
        current: line.address?.token.text ?? "",
        apply: "reload",
        ...(slip.instead !== undefined && rewritten(line, { address: slip.instead })),
      };
    }
  },
});

interface Slip {
  readonly message: string;
  readonly instead?: string;
}

function slipIn(address: NonNullable<HbaLine["address"]>): Slip | undefined {
  if (address.kind === "name") return slipInName(address);
  return address.kind === "network" ? slipInNetwork(address) : undefined;
}

function slipInName({ name, token }: Extract<HbaAddress, { kind: "name" }>): Slip | undefined {
  if (/^\*\.?$/.test(name))
    return { message: `${name} is a host name, of no host; all is every address.`, instead: "all" };
  if (/^\*\.[^*]+$/.test(name))
    return {
      message: `${name} is a host name, and * has no meaning in it; ${name.slice(1)} is every host below that domain.`,
      instead: name.slice(1),
    };
  const numeric = name.includes(":") || /^\d[\d.x*-]*$/i.test(name) || /\.\d+$/.test(name);
  return numeric
    ? {
        message: `${token.text} is no valid address, so the server takes it for a host name, and it matches nobody.`,
      }
    : undefined;
}

/** Four decimal numbers. */
const PLAIN = /^(?:(?:0|[1-9]\d{0,2})\.){3}(?:0|[1-9]\d{0,2})(?:\/|$)/;

function slipInNetwork(network: Network): Slip | undefined {
  const { ip, mask, token, maskToken } = network;
  if (PLAIN.test(token.text)) return undefined;
  const [text = "", bits] = token.text.split("/");
  const rest = bits === undefined ? (maskToken ? ` ${maskToken.text}` : "") : `/${bits}`;
  if (ip.length === 16) {
    const prefix = prefixOf(mask);
    if (!isMapped(ip) || prefix === undefined || prefix < 96) return undefined;
    const instead = `${ip.slice(12).join(".")}/${prefix - 96}`;
    return {
      message: `No client comes from ${token.text}: the server sees an IPv4 client by its IPv4 address; write ${instead}.`,
      instead,
    };
  }
  const meant = asPeopleRead(text);
  if (!meant || meant.join(".") === ip.join(".")) return undefined;
  const instead = `${meant.join(".")}${rest}`;
  return {
    message: `${token.text} is ${formatIp(ip)}${rest} to the server; ${instead} was probably meant.`,
    ...(maskToken === null && { instead }),
  };
}

const isMapped = (ip: Ip) => ip.slice(0, 10).every((byte) => byte === 0) && ip[10] === 255 && ip[11] === 255;

/** Decimal numbers, and zeros for those that are not there. */
function asPeopleRead(text: string): readonly number[] | undefined {
  const parts = text.split(".").map(Number);
  if (parts.some((part) => !(part >= 0 && part <= 255))) return undefined;
  return [...parts, 0, 0, 0].slice(0, 4);
}
