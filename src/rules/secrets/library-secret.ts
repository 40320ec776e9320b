import { defineRule } from "../../engine/rule.ts";
import { valuePlace } from "../support/conf.ts";
import { pgDocs } from "../support/sources.ts";

const SECRET = /(?:^|[._])(?:password|passwd|secret|secret_key|access_key|api_key|token|passphrase)$/;

/** The name of a file that has it. */
const ELSEWHERE = /^(?:\/|file:)/;

export default defineRule({
  id: "secrets/library-secret",
  title: "a library's or an application's secret in a setting",
  severity: "warning",
  controls: ["D07"],
  docs: () => ({
    why: "A setting with a dot in its name is open to everybody who can log in, unless the library that owns it hides it: SHOW and current_setting() need no privilege. What looks like configuration of the server is then published to all its roles, and lies in every copy of the file.",
    fix: "Keep the secret where the library can read it and other roles cannot: a file that it names, a table with privileges, a user mapping. Then change the secret.",
    traps: "ALTER DATABASE … SET hides nothing either: pg_db_role_setting is readable for all.",
    leave: "Where the library marks the setting as for superusers only.",
    see: [pgDocs("runtime-config-custom")],
  }),
  *check({ conf }) {
    for (const [name, { item, value }] of conf?.placeholders ?? [])
      if (value !== "" && SECRET.test(name) && !ELSEWHERE.test(value))
        yield {
          place: valuePlace(item),
          message: `${item.entry.name} looks like a secret, and every role may read it with SHOW.`,
          confidence: "medium",
          setting: item.entry.name,
        };
  },
});
