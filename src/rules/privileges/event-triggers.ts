import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "privileges/event-triggers",
  title: "event triggers are off for everybody",
  severity: "warning",
  versions: { postgres: ">=17" },
  controls: ["F09"],
  docs: () => ({
    why: "Event triggers audit and restrict DDL, and tools for logical replication and partitioning depend on them. The switch is there to get past a broken one; in the file it keeps all of them from running, without a trace in the log.",
    fix: "Drop the line; the default is on. A superuser sets it for the session that drops the broken trigger.",
    traps: "A broken login trigger can lock everybody out: then this is the way in, for the moment.",
    leave: "Until the broken trigger is dropped.",
    see: [
      settingDocs("client", "event_triggers"),
      "https://www.postgresql.org/docs/current/event-triggers.html",
    ],
  }),
  *check({ conf }) {
    const triggers = writtenIn(conf, "event_triggers");
    if (triggers?.value === false)
      yield unwiseFor(
        triggers,
        "on",
        "event_triggers = off keeps all event triggers from running, those for auditing too.",
      );
  },
});
