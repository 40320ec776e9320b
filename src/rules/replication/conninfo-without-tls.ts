import { defineRule } from "../../engine/rule.ts";
import { type Conninfo, readConninfo } from "../../syntax/conninfo.ts";
import { placeOf } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

const ENCRYPTED = ["require", "verify-ca", "verify-full"];

export default defineRule({
  id: "replication/conninfo-without-tls",
  title: "a standby that may stream its WAL without TLS",
  severity: "warning",
  controls: ["I01", "CIS 7.5"],
  versions: { postgres: ">=12" },
  docs: () => ({
    why: "The WAL has every row that is written, in clear. With sslmode unset, libpq tries TLS and goes on without it where the primary does not offer it, or where somebody between the two says so. Nothing in the log tells.",
    fix: "Add `sslmode=verify-full sslrootcert=…` to primary_conninfo; `sslmode=require` encrypts, but does not ask who answers. On the primary, let replication in by a hostssl record.",
    traps:
      "sslmode=prefer, the default, protects from nothing. CIS 7.5 and pgdsat also name sslcompression=1, which was removed as insecure.",
    leave: "Where the two talk through a tunnel that encrypts (WireGuard, IPsec, a service mesh).",
    see: [pgDocs("libpq-ssl", "LIBPQ-SSL-PROTECTION"), settingDocs("replication", "primary_conninfo")],
  }),
  *check({ conf }) {
    const setting = conf?.known("primary_conninfo");
    const place = setting && placeOf(setting);
    if (!place || setting.base === "") return;
    const conninfo = readConninfo(setting.base);
    const host = conninfo.error ? undefined : remoteHost(conninfo);
    const mode = lastOf(conninfo, "sslmode");
    if (host === undefined || ENCRYPTED.includes(mode ?? "")) return;
    // A service file, or Kerberos, may do what is missing here.
    if (lastOf(conninfo, "service") || lastOf(conninfo, "gssencmode") === "require") return;
    yield {
      place,
      message: `primary_conninfo ${mode ? `has sslmode=${mode}` : "has no sslmode"}, so WAL from ${host} may come unencrypted; add sslmode=verify-full.`,
      setting: "primary_conninfo",
      current: mode ? `sslmode=${mode}` : "",
      suggested: "sslmode=verify-full",
      apply: "reload",
    };
  },
});

/** The last of a keyword counts. */
const lastOf = ({ pairs }: Conninfo, name: string): string | undefined =>
  pairs.findLast(({ keyword }) => keyword === name)?.value;

/** The first host on the other side of a network. */
function remoteHost(conninfo: Conninfo): string | undefined {
  const hosts = (lastOf(conninfo, "hostaddr") || lastOf(conninfo, "host") || "").split(",");
  return hosts.find((host) => host !== "" && !/^(?:[/@]|127\.|localhost$|::1$)/.test(host));
}
