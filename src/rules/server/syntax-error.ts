import { defineRule } from "../../engine/rule.ts";
import { lineMap } from "../../text/lines.ts";
import { correctLine } from "../support/conf-corrections.ts";
import { pgDocs, pgSource } from "../support/sources.ts";

export default defineRule({
  id: "server/syntax-error",
  title: "a line of postgresql.conf does not parse",
  severity: "error",
  docs: () => ({
    why: "A line is `name = value` and an optional comment behind `#`; nothing else is known. One line that does not parse, in the main file or in any that it includes, and the server does not start. A reload then changes nothing at all, with a line in the log that few people read, so that the mistake often shows only at the next restart.",
    fix: "Put single quotes round a value that is more than a word, a whole number with its unit or a decimal number: `listen_addresses = '10.0.0.5'`, `work_mem = '1.5GB'`, `search_path = 'app, public'`.",
    traps:
      "The value of a file name with one dot needs quotes (`include = 'other.conf'`), one with a dash does not. A path on Windows wants forward slashes or doubled backslashes. A quote inside a value is doubled.",
    see: [pgDocs("config-setting", "CONFIG-SETTING-CONFIGURATION-FILE"), pgSource("utils/misc/guc-file.l")],
  }),
  *check({ conf, problems }) {
    if (!conf) return;
    for (const { place, error, server } of problems("conf/syntax")) {
      const { source, span } = place;
      const correction = correctLine(source, lineMap(source).spanOfLine(error.line), conf.version);
      const where = error.token === null ? "it ends too early" : `at ${quoted(error.token)}`;
      yield {
        place: { source, span: span.end > span.start ? span : lineMap(source).spanOfLine(error.line) },
        message: `The server cannot read this line, ${where}${correction ? `: ${correction.say}.` : "."}`,
        server,
        ...(correction?.suggested !== undefined && { suggested: correction.suggested }),
        ...(correction?.edits && { fix: { title: correction.say, safe: true, edits: correction.edits } }),
      };
    }
    for (const { place, server } of problems("conf/abandoned"))
      yield {
        place,
        message: "After 100 errors the server gives this file up; it is hardly a postgresql.conf.",
        server,
      };
  },
});

const quoted = (token: string) => (token === "" ? "a NUL byte" : `"${token}"`);
