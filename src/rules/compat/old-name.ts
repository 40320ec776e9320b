import { foldName } from "../../catalog/fold.ts";
import { oldNamesIn, settingIn } from "../../catalog/postgres.ts";
import { defineRule } from "../../engine/rule.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "compat/old-name",
  title: "a setting by its old name",
  severity: "info",
  controls: ["S03"],
  docs: () => ({
    why: "The server still reads these names, but SHOW, pg_settings and the manual know the new ones. Who searches a file for work_mem does not find sort_mem, adds the line once more, and wonders which one counts.",
    fix: "Write the new name; the value stays.",
    traps: "Two spellings of one setting are two lines for the server, and the later one wins.",
    leave: "Leave it in a file that an old release has to read too.",
    see: [pgDocs("config-setting")],
  }),
  *check({ conf }) {
    if (!conf) return;
    const old = oldNamesIn(conf.version);
    for (const { entry, source } of conf.items) {
      const name = old.includes(foldName(entry.name)) && settingIn(conf.version, entry.name)?.name;
      if (!name) continue;
      const place = { source, span: entry.nameSpan };
      yield {
        place,
        message: `${entry.name} is an old name of ${name}.`,
        setting: name,
        current: entry.name,
        suggested: name,
        fix: { title: `Write ${name}`, safe: true, edits: [{ place, text: name }] },
      };
    }
  },
});
