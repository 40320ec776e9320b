import { defineRule } from "../../engine/rule.ts";
import { splitNames } from "../../values/lists.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

const EVERY = ["*", "0.0.0.0", "::"];
/** A container has no addresses that are worth naming. */
const CONTAINERS: ReadonlySet<string> = new Set(["cnpg", "kubernetes", "docker"]);

export default defineRule({
  id: "network/listen-everywhere",
  title: "the server listens on every address of its host",
  severity: "warning",
  profiles: ["cis"],
  controls: ["B01", "CIS 5.2"],
  docs: () => ({
    why: "The port is open on every network that the host has or gets: the one for backups, a VPN, the public one of a cloud machine that somebody adds next year. pg_hba.conf still decides who logs in, but every bug before the login is in reach.",
    fix: "Name the addresses that clients use: `listen_addresses = 'localhost, 10.20.0.8'`.",
    traps:
      "An address that the host does not have (yet) is only a warning in the log, and the server then listens without it: take care where an address arrives late or moves, as a virtual one does. CIS asks for named addresses; operators such as CloudNativePG insist on `*`.",
    leave:
      "In containers, and where a virtual address moves between hosts; there a firewall or a network policy has to do it.",
    see: [settingDocs("connection", "listen_addresses")],
  }),
  *check({ conf, target }) {
    const addresses = writtenIn(conf, "listen_addresses");
    if (!addresses || CONTAINERS.has(target.platform)) return;
    const every = splitNames(addresses.base)?.find((name) => EVERY.includes(name));
    if (every === undefined) return;
    yield unwise(
      addresses,
      `listen_addresses has ${every}, every ${every === "0.0.0.0" ? "IPv4 " : every === "::" ? "IPv6 " : ""}address of the host; name the ones that clients use.`,
    );
  },
});
