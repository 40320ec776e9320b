import { defineRule } from "../../engine/rule.ts";
import { listensOn } from "../support/reach.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "tls/snakeoil-certificate",
  title: "other machines get the self-signed certificate that Debian makes",
  severity: "info",
  controls: ["C06"],
  docs: () => ({
    why: "The package ssl-cert makes this certificate when it is installed, for the name that the host has then. Nobody has signed it, so no client can tell this server from one that poses as it: encryption without proof of who is at the other end. Machines made from one image even share the key.",
    fix: "Get a certificate from a CA that the clients know, for the name that they connect to, and name it in ssl_cert_file and ssl_key_file; clients then use sslmode=verify-full.",
    traps: "It is Debian's default and works with sslmode=require, so nothing breaks, and nobody notices.",
    leave: "On a network that you trust, with clients that only ask for encryption.",
    see: [settingDocs("connection", "ssl_cert_file"), pgDocs("libpq-ssl", "LIBPQ-SSL-PROTECTION")],
  }),
  *check({ conf }) {
    const certificate = writtenIn(conf, "ssl_cert_file");
    if (!certificate?.base.includes("ssl-cert-snakeoil") || conf?.known("ssl")?.value !== true) return;
    if (listensOn(conf) !== "remote") return;
    yield unwise(
      certificate,
      `Clients of other machines get ${certificate.base}, which no CA has signed, so they cannot tell who answers.`,
    );
  },
});
