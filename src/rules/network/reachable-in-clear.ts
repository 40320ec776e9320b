import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import { baseName } from "../../text/files.ts";
import { placeOf, placeOrAbsent, related } from "../support/conf.ts";
import { exposureOf } from "../support/exposure.ts";
import { firstLine } from "../support/hba.ts";
import { whence } from "../support/plain-lines.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

/** More of them would not make the point clearer. */
const SHOWN = 3;

export default defineRule({
  id: "network/reachable-in-clear",
  title: "other machines reach the server, and nothing is encrypted",
  severity: "warning",
  controls: ["U03", "C01", "B01", "CIS 6.8", "STIG V-233538", "STIG V-233579", "STIG V-233611"],
  docs: () => ({
    why: "Three settings decide together: listen_addresses opens the port, pg_hba.conf lets the clients in, and ssl = off leaves what they say in clear text. Whoever can see a packet on the way reads queries, results and, with some methods, passwords, and may change them. Nobody notices until an audit or a leak.",
    fix: "Give the server a certificate, write `ssl = on` and turn the lines for other machines into `hostssl`. Or close one of the other two: listen on localhost, or drop the lines.",
    traps:
      "`ssl = on` alone only offers TLS: a `host` line still takes a client that does not ask for it. scram-sha-256 keeps the password itself off the wire, but not the data. A line for another machine is harmless while the server listens on localhost; this finding needs all three.",
    leave:
      "Where the network between is encrypted already (WireGuard, IPsec, a service mesh), or a proxy on this host ends TLS.",
    see: [settingDocs("connection", "ssl"), settingDocs("connection", "listen_addresses"), pgDocs("ssl-tcp")],
  }),
  *check(cluster) {
    const exposure = exposureOf(cluster);
    if (!cluster.conf || !exposure) return;
    const { ssl, addresses, lines } = exposure;
    const [widest] = lines;
    const off = placeOf(ssl);
    const record = `${baseName(widest.record.source.path)}:${widest.record.line}`;
    yield {
      place: off ?? placeOrAbsent(cluster.conf, addresses),
      message: `Clients from ${whence(widest)} get in without encryption: listen_addresses = '${addresses.base}', ${record} lets them in, and ssl is off${off ? "" : " by default"}.`,
      setting: "ssl",
      current: "off",
      suggested: "on",
      apply: "reload",
      related: [
        ...(off ? related(addresses, "the server listens to other machines here") : []),
        ...lines.slice(0, SHOWN).map(admits),
      ],
    };
  },
});

const admits = (line: HbaLine) => ({
  place: firstLine(line.record.place),
  message: `lets clients in from ${whence(line)}`,
});
