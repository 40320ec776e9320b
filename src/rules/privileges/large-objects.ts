import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/large-objects",
  title: "every role may read and write all large objects",
  severity: "warning",
  controls: ["F08"],
  docs: () => ({
    why: "The setting brings back what was before 9.0: large objects had no owners, and every role that could log in might read, change and delete any of them.",
    fix: "Drop the line; the default is off. Then GRANT SELECT and UPDATE on the large objects to the roles that use them.",
    traps: "pg_dump shows the owners and grants as if they were in force.",
    leave: "For an old application that has the database to itself.",
    see: [settingDocs("compatible", "lo_compat_privileges")],
  }),
  *check({ conf }) {
    const compatible = writtenIn(conf, "lo_compat_privileges");
    if (compatible?.value === true)
      yield unwiseFor(
        compatible,
        "off",
        "lo_compat_privileges = on lets every role read, change and delete all large objects.",
      );
  },
});
