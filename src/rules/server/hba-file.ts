import { defineRule } from "../../engine/rule.ts";
import { firstLine } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-file",
  title: "a file that pg_hba.conf or pg_ident.conf names cannot be read, or a line is too long",
  severity: "error",
  controls: ["A15"],
  docs: () => ({
    why: "A name list with `@file`, or a file that `include` names, is part of the configuration. Where it is missing, the server does not start with this pg_hba.conf; after a reload it goes on with the old one, which people take for the new.",
    fix: "Name an existing file, relative to the file that names it. From 16 on `include_if_exists` passes over a missing one.",
    traps:
      "`include` came with 16. Up to 13 a line has at most 20478 bytes, up to 15 a name 10239 (8190 and 255 in older minor releases). A file that includes itself brings the whole server down on a reload, up to 15.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check({ problems }) {
    for (const { place, server } of problems("hba/file"))
      yield {
        place: firstLine(place),
        severity: server.effect === "refuses" ? "error" : "warning",
        message: `The server cannot read what this line names: ${server.message}.`,
        server,
      };
  },
});
