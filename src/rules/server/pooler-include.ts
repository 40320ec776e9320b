import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/pooler-include",
  title: "a file that %include names cannot be read",
  severity: "error",
  controls: ["pgbouncer/include-relative"],
  docs: () => ({
    why: "PgBouncer does not start without a file that it includes. The path counts from the directory that the process was started in, not from the including file.",
    fix: "Write an absolute path, without quotes, and nothing behind it.",
    traps:
      "A directory is read as an empty file. An included section header stays open behind the include; an included [pgbouncer] header resets what was set before.",
    see: [poolerDocs("include-directive")],
  }),
  *check({ problems }) {
    for (const { place, reason, path, server } of problems("pooler/include"))
      yield {
        place,
        message:
          reason === "too-deep"
            ? `${path} would be included more than 10 levels deep; files probably include each other.`
            : `${path === "" ? "%include names no file" : `${path} does not exist${/["']/.test(path) ? "; a path stands without quotes" : ""}`}.`,
        server,
      };
  },
});
