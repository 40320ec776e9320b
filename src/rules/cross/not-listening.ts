import { parseIp } from "../../access/address.ts";
import { defineRule } from "../../engine/rule.ts";
import { splitNames } from "../../values/lists.ts";
import { related } from "../support/conf.ts";
import { besides, type Origin } from "../support/cross-backends.ts";
import { namePlace, pairOf, pairPlace, some } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/not-listening",
  title: "PgBouncer connects to an address on which the server does not listen",
  severity: "warning",
  controls: ["U17"],
  docs: () => ({
    why: "The server listens on the addresses in listen_addresses and on no other. PgBouncer gets `connection refused`, and after server_login_retry its clients do.",
    fix: "Add localhost to listen_addresses, which takes a restart; or leave host= out of the entry, and PgBouncer uses the Unix socket.",
    traps:
      "localhost is 127.0.0.1 and ::1, `0.0.0.0` is all of IPv4 and nothing of IPv6, `::` the other way round.",
    leave: "Where the pooler is for another server on the same machine.",
    see: [settingDocs("connection", "listen_addresses"), poolerDocs("host")],
  }),
  *check(cluster) {
    const listen = cluster.conf?.known("listen_addresses");
    const names = listen && splitNames(listen.base);
    if (!listen || !names) return;
    const refused = besides(cluster).here.filter(
      ({ origins, hosts }) => hosts !== null && !origins.some((origin) => mayAnswer(names, origin)),
    );
    const [first] = refused;
    const pair = first && pairOf(first.target, "host");
    if (!first) return;
    const where = names.length === 0 ? "on its Unix socket only" : `on ${some(names)} only`;
    yield {
      place: pair ? pairPlace(first.target, pair) : namePlace(first.target),
      message: `PgBouncer connects to ${some(refused.map(({ name }) => name))} at ${first.hosts?.join()}, and the server listens ${where}.`,
      related: related(listen, "where the server listens"),
    };
  },
});

/** A name that is not localhost may stand for any address. */
function mayAnswer(names: readonly string[], origin: Origin): boolean {
  if (origin.kind === "socket") return true;
  const all = origin.to.length === 4 ? "0.0.0.0" : "::";
  return names.some((name) => {
    const ip = parseIp(name);
    return name === "*" || name === all || (ip ? ip.join() === origin.to.join() : true);
  });
}
