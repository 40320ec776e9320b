import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

const WITHDRAWN: ReadonlySet<string> = new Set(["TLSv1", "TLSv1.1"]);

export default defineRule({
  id: "tls/newest-protocol",
  title: "a ceiling keeps clients from newer versions of TLS",
  severity: "warning",
  versions: { postgres: ">=12" },
  controls: ["C02", "CIS 6.9"],
  docs: () => ({
    why: "ssl_max_protocol_version is for testing. What was once a way around a bug stays in the file, and keeps every client at an older TLS for years; with 1.1 as the ceiling, current clients do not connect at all.",
    fix: "Drop the line, or write an empty value, which sets no ceiling.",
    traps: "libpq has a minimum of its own, TLSv1.2 since 13: below that both sides have nothing in common.",
    leave: "With a middlebox that breaks TLS 1.3.",
    see: [settingDocs("connection", "ssl_max_protocol_version")],
  }),
  *check({ conf }) {
    const newest = writtenIn(conf, "ssl_max_protocol_version");
    if (!newest || newest.base === "" || newest.base === "TLSv1.3") return;
    const oldest = conf?.known("ssl_min_protocol_version")?.base ?? "";
    // server/tls-protocol-range has that.
    if (conf?.known("ssl")?.value === false || oldest > newest.base) return;
    const broken = WITHDRAWN.has(newest.base);
    yield {
      ...unwiseFor(
        newest,
        "",
        broken
          ? `With ${newest.base} as the newest version, clients of PostgreSQL 13 and later, which want TLSv1.2, cannot connect with TLS.`
          : `With ${newest.base} as the newest version no client gets TLSv1.3.`,
      ),
      ...(!broken && { severity: "info" }),
    };
  },
});
