import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

const ENGLISH = /^(?:|C|POSIX|C\..*|en_.*|en-.*|English.*)$/i;

export default defineRule({
  id: "locale/log-language",
  title: "the server's log is not in English",
  severity: "info",
  profiles: ["strict"],
  controls: ["Q02"],
  docs: () => ({
    why: "pgBadger, fail2ban filters, alerts and check scripts look for English words such as FATAL, duration and checkpoint complete. In another language they find nothing, and say nothing. A search for a translated message finds no answers either.",
    fix: "Write `lc_messages = 'C'`. Who wants translated messages sets lc_messages for a role or a session.",
    traps:
      "initdb copies the language of the account that ran it into the file, so it differs from host to host.",
    leave: "Where people read the log and no program does.",
    see: [settingDocs("client", "lc_messages")],
  }),
  *check({ conf }) {
    const language = writtenIn(conf, "lc_messages");
    if (!language || ENGLISH.test(language.base)) return;
    yield unwiseFor(
      language,
      "C",
      `With lc_messages = ${language.base} the log is translated, and programs that look for English words find nothing.`,
    );
  },
});
