import type { Conf } from "../../cluster/conf.ts";
import type { ConfItem } from "../../cluster/conf-files.ts";
import { defineRule } from "../../engine/rule.ts";
import { type Conninfo, readConninfo } from "../../syntax/conninfo.ts";
import { baseName } from "../../text/files.ts";
import { valuePlace } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "secrets/conninfo-password",
  title: "a password in a connection string",
  severity: "warning",
  controls: ["D07"],
  docs: {
    why: "The file goes into repositories, backups, tickets and onto other hosts, and the password with it. On the running server whoever has pg_monitor or pg_read_all_settings, such as the account of the monitoring, reads it in pg_settings, and may then copy the whole cluster.",
    fix: "Put the password into a password file that only the server's account can read, and name it: `primary_conninfo = 'host=10.0.0.5 user=replicator passfile=/var/lib/postgresql/.pgpass'`. Or let the standby log in with a certificate. Then change the password.",
    traps:
      "pg_basebackup -R and Patroni write it into postgresql.auto.conf by themselves; -R does not when the password comes from a password file. In that file of the data directory it is only information, as nobody commits it. The database field of a password file's line is `replication` for a standby.",
    leave: "With a secret store that writes the file at every start, and nobody else reading settings.",
    see: [settingDocs("replication", "primary_conninfo"), pgDocs("libpq-pgpass")],
  },
  *check({ conf }) {
    for (const { item, value } of connectionStrings(conf)) {
      if (!/pass|secret|scram|:\/\//.test(value)) continue;
      const conninfo = readConninfo(value);
      const secrets = conninfo.pairs.filter(({ secret }) => secret);
      const [first] = secrets;
      if (!first) continue;
      const user = conninfo.pairs.find(({ keyword }) => keyword === "user")?.value;
      const generated = baseName(item.source.path) === "postgresql.auto.conf";
      const suggested = first.keyword === "password" ? withPassfile(value, conninfo) : undefined;
      yield {
        place: valuePlace(item),
        ...(generated && { severity: "info" }),
        message: `${item.entry.name} holds the ${first.keyword}${user ? ` of ${user}` : ""} in clear text; a passfile keeps it out of this file.`,
        setting: item.entry.name,
        ...(suggested !== undefined && { suggested }),
        apply: "reload",
      };
    }
  },
});

/** Those of the server, and those that a library has in a setting of its own, such as citus.node_conninfo. */
function* connectionStrings(conf: Conf | undefined): Generator<{ item: ConfItem; value: string }> {
  const primary = conf?.set.get("primary_conninfo");
  if (primary?.item) yield { item: primary.item, value: primary.base };
  for (const placeholder of conf?.placeholders.values() ?? []) yield placeholder;
}

/** The string with a password file in the place of its secrets; undefined for a URL, which has no places. */
function withPassfile(text: string, { pairs, error }: Conninfo): string | undefined {
  if (error || pairs.some(({ end }) => end === 0)) return undefined;
  const kept = pairs.filter(({ secret, keyword }) => !secret && keyword !== "passfile");
  return [
    ...kept.map(({ start, end }) => text.slice(start, end)),
    "passfile=/var/lib/postgresql/.pgpass",
  ].join(" ");
}
