import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/pooler-name",
  title: "a name that no database or peer can have",
  severity: "error",
  controls: ["T41"],
  docs: () => ({
    why: "The database `pgbouncer` is the console and cannot be defined, a database's name has at most 63 bytes, and a peer is a number from 1 to 65535. With others PgBouncer does not start (1.15 skips the entry).",
    fix: "Choose another name; `dbname=` says what the database is called on the server.",
    see: [poolerDocs("section-databases"), poolerDocs("section-peers")],
  }),
  *check({ problems }) {
    for (const { place, entry, reason, server } of problems("pooler/name"))
      yield { place, message: SAYS[reason](entry.key), current: entry.key, server };
  },
});

const SAYS = {
  reserved: () => "The database pgbouncer is PgBouncer's own console; choose another name.",
  "too-long": (name: string) => `A database's name has at most 63 bytes; ${name.slice(0, 20)}… has more.`,
  peer: (name: string) => `A peer is a number from 1 to 65535, not "${name}".`,
};
