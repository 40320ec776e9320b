import type { PoolerHbaLine } from "../../cluster/pooler-hba.ts";
import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/hba-literal-name",
  title: "a name in PgBouncer's auth_hba_file does not mean what it does in pg_hba.conf",
  severity: "warning",
  controls: ["T06", "pgbouncer/hba"],
  docs: () => ({
    why: "PgBouncer takes /expressions and quoted +roles for plain names: such a line matches nobody, and a reject among them protects nothing. In the user column sameuser and replication are keywords, as in the database column.",
    fix: "List the names, or put them into a file and write @file.",
    leave: "Where a role or a database really has such a name.",
    see: [poolerDocs("hba-file-format"), "https://github.com/pgbouncer/pgbouncer/blob/master/src/hba.c"],
  }),
  *check({ poolerAccess }) {
    for (const line of poolerAccess?.hba?.lines ?? []) {
      const message = misread(line);
      if (message !== undefined) yield { place: line.place, message };
    }
  },
});

function misread({ databases, users, method }: PoolerHbaLine): string | undefined {
  const result = method === "reject" ? "keeps nobody out" : "lets nobody in";
  const names = [...databases.names, ...users.names];
  const pattern = names.find((name) => name.startsWith("/"));
  if (pattern !== undefined)
    return `PgBouncer takes ${pattern} for a plain name, so that this line ${result} by it.`;
  const role = names.find((name) => name.startsWith("+"));
  if (role !== undefined)
    return `PgBouncer takes ${role} for a plain name and knows no memberships, so that this line ${result} by it.`;
  const keyword = users.keywords.find((name) => name !== "all");
  return keyword === undefined
    ? undefined
    : `${keyword} in the user column is a keyword for PgBouncer, not a user's name; quote it if it is one.`;
}
