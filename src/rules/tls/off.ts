import { defineRule } from "../../engine/rule.ts";
import { placeOrAbsent } from "../support/conf.ts";
import { exposureOf } from "../support/exposure.ts";
import { listensOn } from "../support/reach.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "tls/off",
  title: "TLS is off",
  severity: "warning",
  profiles: ["cis", "stig"],
  controls: ["C01", "CIS 6.8", "STIG V-233538", "STIG V-233579", "STIG V-233584", "STIG V-233611"],
  docs: () => ({
    why: "The benchmarks ask for TLS on every server that listens on TCP, whoever may reach it. network/reachable-in-clear tells where that is urgent.",
    fix: "Give the server a certificate and write `ssl = on`.",
    traps:
      "CIS and the STIG make no difference between localhost and a network; EDB's Postgres Expert advises against TLS on localhost, because it costs time there and hides nothing.",
    leave: "On a server that only its own host reaches.",
    see: [settingDocs("connection", "ssl"), pgDocs("ssl-tcp")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const ssl = conf?.known("ssl");
    if (!conf || ssl?.value !== false || listensOn(conf) === "socket" || exposureOf(cluster)) return;
    const origin = ssl.item ? "" : " by default";
    yield {
      place: placeOrAbsent(conf, ssl),
      message: `ssl is off${origin}, so no connection is encrypted.`,
      setting: "ssl",
      current: "off",
      suggested: "on",
      apply: "reload",
    };
  },
});
