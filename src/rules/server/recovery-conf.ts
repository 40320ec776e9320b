import { defineRule } from "../../engine/rule.ts";
import { baseName } from "../../text/files.ts";
import { pgDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "server/recovery-conf",
  title: "a recovery.conf, or a signal file, that this release does not take",
  severity: "error",
  docs: () => ({
    why: "Up to 11 a standby was described by recovery.conf. From 12 on its settings are ordinary ones, standby.signal and recovery.signal say what to do, and a recovery.conf left in the data directory keeps the server from starting. The other way round is worse: 11 does not know standby.signal and comes up as a primary.",
    fix: "Move the settings to postgresql.conf, create an empty standby.signal (or recovery.signal), and delete recovery.conf. `standby_mode` has no successor but the file; `trigger_file` became promote_trigger_file, and went in 16.",
    see: [pgDocs("recovery-config"), "https://www.postgresql.org/docs/release/12.0/"],
  }),
  *check({ kinds, target }) {
    const { major } = target.postgres;
    for (const [source, kind] of kinds) {
      const place = { source, span: { start: 0, end: 0 } };
      const name = baseName(source.path);
      if (kind === "recovery.conf" && major >= 12)
        yield {
          place,
          message: `PostgreSQL ${major} does not start with a recovery.conf in its data directory.`,
          server: refusesStart('using recovery command file "recovery.conf" is not supported'),
        };
      if (kind === "signal" && major < 12)
        yield { place, message: `PostgreSQL ${major} does not know ${name}; it would start as a primary.` };
    }
  },
});
