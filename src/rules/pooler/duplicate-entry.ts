import { defineRule } from "../../engine/rule.ts";
import type { IniEntry } from "../../syntax/pgbouncer-ini.ts";
import { lineMap } from "../../text/lines.ts";
import type { Source } from "../../text/source.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/duplicate-entry",
  title: "a setting or a database stands in the file twice",
  severity: "warning",
  controls: ["pgbouncer/duplicate-setting", "pgbouncer/duplicate-database"],
  docs: () => ({
    why: "The last line counts. Who changes the first one and reloads sees no difference.",
    fix: "Keep one of them.",
    traps: "A database keeps a user= of its earlier line even where the later one has none.",
    leave: "Never within one file.",
    see: [poolerDocs(), "https://github.com/pgbouncer/pgbouncer/blob/master/src/loader.c"],
  }),
  *check({ pooler }) {
    for (const { source, parts } of pooler?.documents ?? []) {
      let seen = new Map<string, IniEntry>();
      const sections = new Map<string, Map<string, IniEntry>>();
      for (const part of parts) {
        if (part.kind === "section") {
          // Another [pgbouncer] header starts from the defaults; that is a rule of its own.
          const again = part.name === "pgbouncer" ? undefined : sections.get(part.name);
          seen = again ?? new Map();
          sections.set(part.name, seen);
        } else if (part.kind === "entry") {
          const earlier = seen.get(part.key);
          if (earlier && earlier.value !== part.value) yield overwritten(source, earlier, part);
          seen.set(part.key, part);
        }
      }
    }
  },
});

const overwritten = (source: Source, earlier: IniEntry, later: IniEntry) => ({
  place: { source, span: earlier.keySpan },
  message: `${earlier.key} stands again on line ${lineMap(source).lineAt(later.keySpan.start)}, and the last line counts.`,
  related: [{ place: { source, span: later.keySpan }, message: "the line that counts" }],
});
