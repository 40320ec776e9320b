import type { Conf } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { directoryOf, resolveFrom } from "../../text/files.ts";
import { placeOf, related } from "../support/conf.ts";
import { pgDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "server/tls-files",
  title: "ssl = on without its certificate",
  severity: "info",
  docs: () => ({
    why: "With ssl = on the server reads certificate and key when it starts, and does not start without them. initdb makes none.",
    fix: "Put server.crt and server.key into the data directory, the key readable for the server's user alone (0600), or name where they are.",
    traps:
      "A relative name counts from the data directory. Where that is not at hand, for example in a repository, nobody can tell whether the file is there; then this is information, not an error.",
    see: [pgDocs("ssl-tcp"), pgDocs("ssl-tcp", "SSL-SERVER-FILES")],
  }),
  *check({ conf, files }) {
    const ssl = conf?.known("ssl");
    const place = ssl && placeOf(ssl);
    if (!conf || ssl?.value !== true || !place) return;
    const certificate = conf.get("ssl_cert_file");
    if (!certificate || certificate.base.startsWith("/")) return;
    const directory = dataDirectory(conf);
    if (files.has(`${directory}/${certificate.base}`)) return;
    // Where PG_VERSION lies, there the certificate should lie as well.
    const certain = files.has(`${directory}/PG_VERSION`);
    yield {
      place,
      ...(certain && { severity: "error" as const }),
      message: `ssl = on needs ${certificate.base} in the data directory${certain ? ", and it is not there" : "; it was not among the files given"}.`,
      setting: "ssl",
      current: "on",
      apply: "reload",
      server: refusesStart(
        `could not load server certificate file "${certificate.base}": No such file or directory`,
      ),
      related: related(certificate, "the certificate"),
    };
  },
});

const dataDirectory = (conf: Conf): string =>
  resolveFrom(conf.main.path, conf.get("data_directory")?.base || directoryOf("postgresql.conf"));
