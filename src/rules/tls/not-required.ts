import { defineRule } from "../../engine/rule.ts";
import { baseName } from "../../text/files.ts";
import { firstLine } from "../support/hba.ts";
import { plainLines, whence } from "../support/plain-lines.ts";
import { asksForEncryption, listensOn } from "../support/reach.ts";
import { pgDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "tls/not-required",
  title: "TLS is on, and no line of pg_hba.conf asks for it",
  severity: "info",
  controls: ["U02", "CIS 6.8"],
  docs: () => ({
    why: "`ssl = on` offers TLS; a `host` line takes a client that does not use it. Which connections are encrypted is then up to every client's sslmode, and a driver that does not ask, or an attacker who suppresses the offer, sends everything in clear text.",
    fix: "Write `hostssl` for other machines. pg_stat_ssl tells who would be turned away.",
    traps: "A `host` line that stays behind the hostssl lines for the same clients undoes them.",
    leave: "While clients move to TLS one by one, or where the network is encrypted anyway.",
    see: [pgDocs("auth-pg-hba-conf"), pgDocs("ssl-tcp")],
  }),
  *check({ conf, hba }) {
    const ssl = writtenIn(conf, "ssl");
    if (!hba || ssl?.value !== true || listensOn(conf) !== "remote") return;
    const [widest] = plainLines(hba);
    if (!widest || asksForEncryption(hba)) return;
    const { place } = unwise(ssl, "");
    yield {
      place,
      message: `TLS is offered, but no line of ${baseName(hba.source.path)} asks for it: clients from ${whence(widest)} may connect without.`,
      suggested: "hostssl",
      related: [{ place: firstLine(widest.record.place), message: "takes unencrypted connections as well" }],
    };
  },
});
