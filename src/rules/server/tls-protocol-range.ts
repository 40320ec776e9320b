import { defineRule } from "../../engine/rule.ts";
import { placeOf, related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

const PROTOCOLS = ["", "TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"];

export default defineRule({
  id: "server/tls-protocol-range",
  title: "the oldest TLS version allowed is newer than the newest",
  severity: "error",
  versions: { postgres: ">=13" },
  docs: () => ({
    why: "No TLS version lies between the two bounds, so with ssl = on the server does not start. 12 starts, and then no TLS connection succeeds.",
    fix: "Leave ssl_max_protocol_version empty, which means the newest, and set only the minimum.",
    see: [settingDocs("connection", "ssl_min_protocol_version")],
  }),
  *check({ conf }) {
    const min = conf?.known("ssl_min_protocol_version");
    const max = conf?.known("ssl_max_protocol_version");
    const place = (max && placeOf(max)) ?? (min && placeOf(min));
    if (!conf || conf.version.major < 13 || conf.known("ssl")?.value !== true || !min || !max || !place)
      return;
    const newest = PROTOCOLS.indexOf(max.base);
    if (newest <= 0 || PROTOCOLS.indexOf(min.base) <= newest) return;
    yield {
      place,
      message: `From ${min.base} up and ${max.base} down there is no TLS version.`,
      setting: "ssl_max_protocol_version",
      current: max.base,
      suggested: "",
      apply: "reload",
      server: refusesStart(
        "could not set SSL protocol version range",
        '"ssl_min_protocol_version" cannot be higher than "ssl_max_protocol_version"',
      ),
      related: related(min, "the oldest version allowed"),
    };
  },
});
