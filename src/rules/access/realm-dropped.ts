import { defineRule } from "../../engine/rule.ts";
import { optionOf, withOptions } from "../support/hba-lines.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/realm-dropped",
  title: "include_realm=0 makes users of different realms one",
  severity: "warning",
  controls: ["A27"],
  docs: () => ({
    why: "alice@EXAMPLE.COM and alice@PARTNER.ORG both become alice. Whoever runs a realm that yours trusts creates a postgres in it and is your superuser.",
    fix: "Leave include_realm alone and cut the realm off in pg_ident.conf: map=krb, with the record krb /^(.*)@EXAMPLE\\.COM$ \\1. Or add krb_realm=EXAMPLE.COM, and users of other realms are turned away.",
    traps: "Trust between realms is made in the directory, by other people, later.",
    leave: "One realm that trusts no other. With krb_realm nothing is reported.",
    see: [pgDocs("gssapi-auth"), pgDocs("auth-username-maps")],
  }),
  *check(cluster) {
    for (const { line } of withOptions(cluster)) {
      const option = line.options.findLast(({ name }) => name === "include_realm");
      if (!option || option.value === "1" || optionOf(line, "krb_realm")) continue;
      yield {
        place: option.token.place,
        message: `include_realm=${option.value} takes a user of any realm for the role of that name; add krb_realm=REALM, or map the realm in pg_ident.conf.`,
        current: option.token.text,
        apply: "reload",
      };
    }
  },
});
