import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { addressText, admittingRemote, clearText, rewritten, SENDS_PASSWORD } from "../support/hba-lines.ts";
import { asksForEncryption, listensOn } from "../support/reach.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/plain-host",
  title: "host takes unencrypted connections where the server has TLS",
  severity: "warning",
  controls: ["A11", "CIS 6.8"],
  docs: () => ({
    why: "With host the client decides, and the default of most clients gives up TLS as soon as somebody on the way answers for the server that it has none. Queries and their results then cross the network readable, and nothing in the log says so.",
    fix: "Write hostssl. Or keep host and put hostnossl all all all reject above.",
    traps:
      "Before the change look at pg_stat_ssl for clients that come without TLS; they are turned away from then on. TLS alone does not prove the server to the client: that takes sslmode=verify-full on its side.",
    leave: "A network of its own between two machines, or a VPN that encrypts.",
    see: [pgDocs("auth-pg-hba-conf"), settingDocs("connection", "ssl"), pgDocs("libpq-ssl")],
  }),
  *check(cluster) {
    const ssl = cluster.conf?.known("ssl");
    if (ssl?.value !== true || !cluster.hba) return;
    // Where no record asks for it, tls/not-required says so once.
    if (!asksForEncryption(cluster.hba) && listensOn(cluster.conf) === "remote") return;
    const on = placeOf(ssl);
    for (const live of admittingRemote(cluster)) {
      const { line } = live;
      if (line.method === "trust" || SENDS_PASSWORD.has(line.method)) continue;
      const clear = clearText(live, cluster);
      if (line.type === "hostnossl" || clear === "never") continue;
      yield {
        place: line.typeToken.place,
        message:
          clear === "always"
            ? `Records above take the TLS connections from ${addressText(line)}, so this one only lets them in without TLS.`
            : `ssl is on, and ${line.type} still lets ${addressText(line)} connect without it; hostssl asks for TLS.`,
        related: on ? [{ place: on, message: "TLS is switched on here" }] : [],
        current: line.typeToken.text,
        ...(clear === "always" ? {} : rewritten(line, { type: "hostssl" })),
      };
    }
  },
});
