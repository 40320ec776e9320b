import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { firstLine } from "../support/hba.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-cannot-match",
  title: "hostssl with ssl off",
  severity: "warning",
  controls: ["U01"],
  docs: () => ({
    why: "With ssl = off no connection is encrypted, so a hostssl record never matches. Whoever it was meant for falls to a later record, or is turned away; a `hostssl … reject` rejects nobody.",
    fix: "Set ssl = on, with a certificate, or write host.",
    see: [settingDocs("connection", "ssl"), pgDocs("auth-pg-hba-conf")],
  }),
  *check({ problems, conf }) {
    const ssl = conf?.get("ssl");
    const off = ssl && placeOf(ssl);
    for (const { place, server } of problems("hba/cannot-match"))
      yield {
        place: firstLine(place),
        message: `ssl is off${off ? "" : " by default"}, so this hostssl record never matches.`,
        server,
        related: off ? [{ place: off, message: "TLS is switched off here" }] : [],
      };
  },
});
