import type { Setting } from "../../catalog/setting.ts";
import type { Conf, Placeholder } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { type Conninfo, readConninfo } from "../../syntax/conninfo.ts";
import { baseName } from "../../text/files.ts";
import { applyOf, valuePlace } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { writtenIn } from "../support/written.ts";

export default defineRule({
  id: "secrets/conninfo-password",
  title: "a password in a connection string",
  severity: "warning",
  controls: ["D07"],
  docs: () => ({
    why: "The file goes into repositories, backups, tickets and onto other hosts, and the password with it. On the running server whoever has pg_monitor or pg_read_all_settings, such as the account of the monitoring, reads it in pg_settings, and may then copy the whole cluster.",
    fix: "Put the password into a password file that only the server's account can read, and name it: `primary_conninfo = 'host=10.0.0.5 user=replicator passfile=/var/lib/postgresql/.pgpass'`. Or let the standby log in with a certificate. Then change the password.",
    traps:
      "pg_basebackup -R and Patroni write it into postgresql.auto.conf by themselves; -R does not when the password comes from a password file. In that file of the data directory it is only information, as nobody commits it. The database field of a password file's line is `replication` for a standby.",
    leave: "With a secret store that writes the file at every start, and nobody else reading settings.",
    see: [settingDocs("replication", "primary_conninfo"), pgDocs("libpq-pgpass")],
  }),
  *check({ conf }) {
    for (const { item, value, setting } of connectionStrings(conf)) {
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
        ...(setting && { apply: applyOf(setting) }),
      };
    }
  },
});

interface ConnectionString extends Placeholder {
  readonly setting?: Setting;
}

/** That of the server, and those that a library has in a setting of its own, such as pg_failover_slots.primary_dsn. */
function* connectionStrings(conf: Conf | undefined): Generator<ConnectionString> {
  const primary = writtenIn(conf, "primary_conninfo");
  if (primary) yield { item: primary.item, value: primary.base, setting: primary.setting };
  yield* conf?.placeholders.values() ?? [];
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
