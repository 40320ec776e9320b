import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { admitting, certificateOf } from "../support/hba-lines.ts";
import { pgDocs, pgSource, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/certificate-without-ca",
  title: "client certificates without an authority to check them against",
  severity: "warning",
  controls: ["A23", "C05", "STIG V-233603"],
  docs: () => ({
    why: "The server starts, and then ends every login by the record with: client certificates can only be checked if a root certificate store is available.",
    fix: "Set ssl_ca_file to the certificate of the authority that signs the clients' certificates.",
    traps:
      "It is the authority for clients, not the chain of the server's own certificate. A public authority in it would let in everyone who has a certificate of it.",
    leave: "Where ssl_ca_file is given on the server's command line.",
    see: [settingDocs("connection", "ssl_ca_file"), pgDocs("auth-cert"), pgSource("libpq/auth.c")],
  }),
  *check(cluster) {
    const ca = cluster.conf?.known("ssl_ca_file");
    if (ca?.value !== "") return;
    const written = placeOf(ca);
    for (const { line } of admitting(cluster)) {
      if (line.type !== "hostssl" || certificateOf(line, cluster) === "none") continue;
      const option = line.options.findLast(({ name }) => name === "clientcert");
      const wants = line.method === "cert" ? line.methodToken : (option?.token ?? line.methodToken);
      yield {
        place: wants.place,
        message: `${wants.text} needs ssl_ca_file, which is empty; every login by this record fails.`,
        related: written ? [{ place: written, message: "No authority is named here" }] : [],
        setting: "ssl_ca_file",
        current: "",
        apply: "reload",
      };
    }
  },
});
