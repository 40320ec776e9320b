import type { HbaLine } from "../../cluster/hba.ts";
import { defineRule } from "../../engine/rule.ts";
import { placeOfLogin, serverLoginsHere } from "../support/cross-logins.ts";
import { firstLine } from "../support/hba.ts";
import { known, lineOf, some } from "../support/pooler-settings.ts";
import { pgDocs, poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/no-client-certificate",
  title: "pg_hba.conf asks PgBouncer for a certificate, and it has none",
  severity: "warning",
  controls: ["U25"],
  docs: () => ({
    why: "The method cert, and clientcert= with any other, let in only who shows a certificate. PgBouncer shows one where server_tls_cert_file and server_tls_key_file are set; without them each server login ends with `connection requires a valid client certificate`.",
    fix: "Set both, to a certificate whose CN is the role (method cert, clientcert=verify-full) and which ssl_ca_file of the server vouches for.",
    traps:
      "PgBouncer has one certificate for all of its server connections; with roles of several names the server needs a map= in pg_ident.conf.",
    leave: "Never, as long as PgBouncer is to reach the database.",
    see: [poolerDocs("server_tls_cert_file"), pgDocs("auth-cert")],
  }),
  *check(cluster) {
    const { pooler } = cluster;
    if (!pooler) return;
    const missing = ["server_tls_cert_file", "server_tls_key_file"].filter(
      (name) => known(pooler, name) === "",
    );
    if (missing.length === 0) return;
    const asked = serverLoginsHere(cluster).filter(
      ({ landing, origin }) =>
        origin.kind === "tcp" && typeof landing !== "string" && asksForCertificate(landing),
    );
    const [first] = asked;
    if (!first || typeof first.landing === "string") return;
    const { method, record, options } = first.landing;
    const option = options.find(({ name }) => name === "clientcert");
    const demand = option ? `${method} clientcert=${option.value}` : method;
    yield {
      place: lineOf(pooler, "server_tls_sslmode") ?? placeOfLogin(first),
      message: `pg_hba.conf lets PgBouncer in to ${some([...new Set(asked.map(({ backend }) => backend.name))])} with a certificate only (${demand}), and ${missing.join(" and ")} ${missing.length > 1 ? "are" : "is"} not set.`,
      setting: missing[0],
      current: "",
      apply: "reload",
      related: [{ place: firstLine(record.place), message: "asks for a certificate" }],
    };
  },
});

const asksForCertificate = ({ method, options }: HbaLine): boolean =>
  method === "cert" ||
  options.some(({ name, value }) => name === "clientcert" && value !== "0" && value !== "no-verify");
