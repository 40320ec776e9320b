import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/relative-include",
  title: "%include with a path that counts from the directory PgBouncer is started in",
  severity: "info",
  controls: ["pgbouncer/include-relative"],
  profiles: ["strict"],
  docs: () => ({
    why: "The path does not count from the file that includes. Started by systemd the directory is /, started by hand it is wherever you are; PgBouncer refuses to start, or reads another file.",
    fix: "Write the absolute path.",
    leave: "Where the service sets WorkingDirectory.",
    see: [poolerDocs("include-directive")],
  }),
  *check({ pooler }) {
    for (const { source, parts } of pooler?.documents ?? [])
      for (const part of parts)
        if (part.kind === "include" && /^[^/"']/.test(part.path))
          yield {
            place: { source, span: part.span },
            message: `%include ${part.path} counts from the directory that PgBouncer is started in; write the absolute path.`,
          };
  },
});
