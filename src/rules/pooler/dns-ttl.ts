import { parseIp } from "../../access/address.ts";
import { defineRule } from "../../engine/rule.ts";
import { databasesOf } from "../support/pooler-pools.ts";
import { about, isRemoteHost, numberSet } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

const LONG = 300;

export default defineRule({
  id: "pooler/dns-ttl",
  title: "PgBouncer keeps a server's old address for long",
  severity: "info",
  controls: ["pgbouncer/dns-ttl"],
  docs: () => ({
    why: "A failover that moves a name to the new primary is not seen before dns_max_ttl is over: clients write to the old host, or get errors until then.",
    fix: "Write dns_max_ttl = 15, the default, or say RECONNECT in the failover script.",
    traps: "dns_zone_check_period works only in a build with c-ares.",
    leave: "Where names never move.",
    see: [poolerDocs("dns_max_ttl")],
  }),
  *check({ pooler }) {
    const seconds = pooler && numberSet(pooler, "dns_max_ttl");
    if (!pooler || !seconds || seconds <= LONG) return;
    const name = databasesOf(pooler)
      .flatMap(({ hosts }) => hosts ?? [])
      .find((host) => isRemoteHost(host) && !parseIp(host));
    if (name !== undefined)
      yield {
        ...about(pooler, "dns_max_ttl", "15"),
        message: `dns_max_ttl = ${seconds} s keeps the old address of ${name} for so long after a failover.`,
      };
  },
});
