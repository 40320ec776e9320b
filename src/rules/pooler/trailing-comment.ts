import { poolerSetting } from "../../catalog/pgbouncer.ts";
import type { Pooler } from "../../cluster/pooler.ts";
import { defineRule } from "../../engine/rule.ts";
import { about, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

/** SQL and lists of ciphers may hold these characters themselves. */
const MAY_HOLD_ANYTHING = [
  "auth_query",
  "auth_ldap_options",
  "server_check_query",
  "server_reset_query",
  "client_tls_ciphers",
  "server_tls_ciphers",
  "client_tls13_ciphers",
  "server_tls13_ciphers",
];

export default defineRule({
  id: "pooler/trailing-comment",
  title: "a comment or quotes become part of a value",
  severity: "warning",
  controls: ["T39", "pgbouncer/inline-comment", "pgbouncer/quoted-value"],
  docs: () => ({
    why: "In a setting that takes any text PgBouncer keeps what stands behind the value: the words of the comment become users of admin_users, or part of a file's name that does not exist. Quotes stay as well.",
    fix: "Write the bare value, and the comment on a line of its own.",
    traps: "In postgresql.conf both are right, and tools that read ini files mostly drop both.",
    leave: "Where a name really has quotes or such a sign in it.",
    see: [poolerDocs(), "https://github.com/bitnami/containers/issues/30801"],
  }),
  *check({ pooler }) {
    for (const [name, { text }] of pooler?.settings ?? []) if (pooler) yield* kept(pooler, name, text);
  },
});

function* kept(pooler: Pooler, name: string, text: string) {
  if (poolerSetting(pooler.version, "pgbouncer", name)?.type !== "string") return;
  const comment = MAY_HOLD_ANYTHING.includes(name) ? -1 : text.search(/\s+[;#]/);
  const value = comment > 0 ? text.slice(0, comment) : text;
  const meant = unquoted(name, value);
  if (meant === text) return;
  yield {
    ...about(pooler, name, meant),
    message: `${name}: ${comment > 0 ? "the comment behind the value becomes" : "the quotes become"} part of it; write ${meant}.`,
    ...rewritten(pooler, name, meant, false),
  };
}

/** A list may have its words in quotes, one by one; SQL only as a whole. */
const unquoted = (name: string, value: string) =>
  MAY_HOLD_ANYTHING.includes(name)
    ? value.replace(/^(["'])([^"']*)\1$/, "$2")
    : value.replaceAll(/(^|[\s,])(["'])([^"']*)\2(?=$|[\s,])/g, "$1$3");
