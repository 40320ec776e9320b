import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwiseFor, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "network/bonjour",
  title: "the server announces itself on the local network",
  severity: "warning",
  controls: ["B05"],
  docs: () => ({
    why: "Bonjour tells every machine of the local network that a PostgreSQL server is here and on which port. Most builds for Linux have no Bonjour; there the server does not even start with this line.",
    fix: "Write `bonjour = off`, or drop the line.",
    traps: "The line tends to come along with a configuration that was copied from a Mac.",
    leave: "On a developer's Mac where others are meant to find the server.",
    see: [settingDocs("connection", "bonjour")],
  }),
  *check({ conf }) {
    const bonjour = writtenIn(conf, "bonjour");
    if (bonjour?.value !== true) return;
    yield unwiseFor(
      bonjour,
      "off",
      "bonjour = on announces the server on the local network, and builds without Bonjour, most of those for Linux, do not start with it.",
    );
  },
});
