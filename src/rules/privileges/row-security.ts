import { defineRule } from "../../engine/rule.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/row-security",
  title: "queries on tables with row security end with an error",
  severity: "warning",
  controls: ["F06"],
  docs: () => ({
    why: "row_security = off does not lift the policies: a query to which one would apply ends with an error instead. That is right for pg_dump, which must not lose rows in silence, and wrong for all others: the first application with policies fails everywhere.",
    fix: "Drop the line; the default is on. Who shall see all rows gets BYPASSRLS.",
    traps: "Superusers, owners and roles with BYPASSRLS notice nothing, so it works while it is tried out.",
    leave: "On a server without any policies nothing changes; drop it all the same.",
    see: [settingDocs("client", "row_security"), pgDocs("ddl-rowsecurity")],
  }),
  *check({ conf }) {
    const security = writtenIn(conf, "row_security");
    if (security?.value === false)
      yield unwiseFor(
        security,
        "on",
        "With row_security = off every query that a policy applies to ends with an error; it lifts no policy.",
      );
  },
});
