import { nearestName } from "../../catalog/nearest.ts";
import { defineRule } from "../../engine/rule.ts";
import { conninfoKeywords, readConninfo } from "../../syntax/conninfo.ts";
import { placeOf } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/primary-conninfo",
  title: "a primary_conninfo that libpq cannot read",
  severity: "error",
  versions: { postgres: ">=12" },
  docs: () => ({
    why: "The server keeps the text and starts. Only the standby's WAL receiver hands it to libpq, fails every five seconds, and the standby falls behind while everything looks up.",
    fix: "Write keyword=value pairs parted by blanks, such as `host=10.0.0.5 port=5432 user=replicator`, or a URL.",
    traps:
      "A value with blanks stands in single quotes, which are doubled inside the setting's own quotes. Keep the password in a passfile rather than here.",
    see: [settingDocs("replication", "primary_conninfo"), pgDocs("libpq-connect", "LIBPQ-CONNSTRING")],
  }),
  *check({ conf }) {
    const conninfo = conf?.known("primary_conninfo");
    const place = conninfo && placeOf(conninfo);
    const error = place && readConninfo(conninfo.base).error;
    if (!error) return;
    const keyword = /^invalid connection option "(.+)"$/.exec(error.message)?.[1];
    const near = keyword === undefined ? undefined : nearestName(keyword, conninfoKeywords);
    yield {
      place,
      message: `A standby cannot use this primary_conninfo: ${error.message}${near ? `; did you mean ${near}?` : "."}`,
      setting: "primary_conninfo",
      ...(near !== undefined && { suggested: near }),
      apply: "reload",
      server: {
        effect: "warns",
        when: "start",
        message: `could not connect to the primary server: ${error.message}`,
      },
    };
  },
});
