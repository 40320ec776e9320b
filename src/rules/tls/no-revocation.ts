import type { HbaFile } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import { baseName } from "../../text/files.ts";
import { firstLine } from "../support/hba.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "tls/no-revocation",
  title: "client certificates that nobody can revoke",
  severity: "info",
  profiles: ["strict", "stig"],
  controls: ["C10", "STIG V-233577"],
  docs: () => ({
    why: "A client certificate is good until it expires. When a laptop with its key is lost, or somebody leaves, only a revocation list keeps the certificate from opening the database for the rest of its years.",
    fix: "Keep a revocation list of the CA and name it in ssl_crl_file, or in ssl_crl_dir from 14 on.",
    traps:
      "The server reads ssl_crl_file at a start and a reload only, a list in ssl_crl_dir when somebody connects. A list that has expired turns every client away, so renewing it is part of the job.",
    leave: "With certificates that live for hours or days, or where dropping the role is enough.",
    see: [settingDocs("connection", "ssl_crl_file"), settingDocs("connection", "ssl_crl_dir")],
  }),
  *check({ conf, hba }) {
    const authority = writtenIn(conf, "ssl_ca_file");
    if (!authority?.base || !hba || conf?.known("ssl")?.value !== true) return;
    const lists = [conf.known("ssl_crl_file"), conf.known("ssl_crl_dir")];
    if (!lists[0] || lists.some((list) => list && list.base !== "")) return;
    const line = firstWithCertificate(hba);
    if (!line) return;
    yield {
      ...unwise(
        authority,
        `${baseName(line.record.source.path)}:${line.record.line} trusts every certificate of ${authority.base}, and no ssl_crl_file names those that were revoked.`,
      ),
      related: [{ place: firstLine(line.record.place), message: "asks for a client certificate" }],
    };
  },
});

const firstWithCertificate = ({ lines }: HbaFile) =>
  lines.find(
    ({ method, options }) =>
      method === "cert" ||
      options.some(({ name, value }) => name === "clientcert" && /^(?:verify-|1$)/.test(value)),
  );
