import type { ConfIncludeProblem } from "../../cluster/conf-problems.ts";
import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/include-error",
  title: "an included file cannot be read",
  severity: "error",
  docs: () => ({
    why: "A file named by `include`, or the directory of an `include_dir`, must be there and readable by the server's own user. If not, the server does not start, and a reload changes nothing.",
    fix: "Name an existing file, relative to the file that includes it. Where the file is optional, write `include_if_exists`.",
    traps:
      "A path is relative to the including file, not to the data directory. `include_dir` reads only names that end in `.conf` and do not start with a dot, in byte order: `10-a.conf` comes before `2-b.conf`. There are no wildcards. Ten levels of inclusion are the limit.",
    see: [pgDocs("config-setting", "CONFIG-INCLUDES")],
  }),
  *check({ problems, conf }) {
    for (const problem of problems("conf/include")) {
      const { place, server, entry } = problem;
      yield { place, message: says[problem.reason](problem), current: entry.value, server };
    }
    for (const { entry, source } of conf?.notFollowed ?? [])
      yield {
        place: { source, span: entry.valueSpan },
        severity: "info",
        message: `${entry.value} is outside of the repository, so it was not read, and what it sets is not known here; --follow=anywhere reads it.`,
        current: entry.value,
      };
  },
});

const says: Readonly<Record<ConfIncludeProblem["reason"], (problem: ConfIncludeProblem) => string>> = {
  missing: ({ entry }) =>
    /[*?[]/.test(entry.value)
      ? `${entry.name} takes one path and no wildcards; use include_dir for a directory.`
      : `${entry.value} does not exist; write include_if_exists if it may be missing.`,
  unreadable: ({ entry }) => `${entry.value} cannot be read.`,
  directory: ({ entry }) => `${entry.value} is a directory; write include_dir.`,
  "empty-name": ({ entry }) => `${entry.name} names no file.`,
  "too-deep": ({ entry }) =>
    `${entry.value} would be included more than 10 levels deep; files probably include each other.`,
  itself: ({ entry }) => `${entry.value} includes itself.`,
};
