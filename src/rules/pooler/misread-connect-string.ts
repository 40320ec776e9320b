import { type PoolerSection, poolerSetting } from "../../catalog/pgbouncer.ts";
import type { Pooler, PoolerTarget } from "../../cluster/pooler.ts";
import { atoi } from "../../cluster/pooler-values.ts";
import { defineRule } from "../../engine/rule.ts";
import type { ConnectPair } from "../../syntax/connect-string.ts";
import { pairPlace } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/misread-connect-string",
  title: "a connection string that PgBouncer reads otherwise than it is meant",
  severity: "warning",
  controls: [
    "pgbouncer/connstr-tab",
    "pgbouncer/connstr-empty-value",
    "pgbouncer/connstr-quote-tail",
    "pgbouncer/atoi-number",
    "pgbouncer/connstr-unknown-key",
  ],
  docs: () => ({
    why: "PgBouncer starts without a word and connects to something else, or with another number: only spaces part the pairs, an empty value takes the next pair for its own, and of a number it keeps the digits at the start.",
    fix: "Part the pairs with single spaces, leave out keys that have no value, and write whole numbers.",
    traps: "The character behind a closing quote is dropped, whatever it is.",
    leave: "Never.",
    see: [poolerDocs("section-databases"), "https://github.com/pgbouncer/pgbouncer/blob/master/src/loader.c"],
  }),
  *check({ pooler }) {
    if (!pooler) return;
    for (const section of ["databases", "users", "peers"] as const)
      for (const target of pooler[section].values())
        for (const pair of target.connect.pairs) {
          const message = misread(pooler, section, target, pair);
          if (message !== undefined) yield { place: pairPlace(target, pair), message };
        }
  },
});

function misread(
  pooler: Pooler,
  section: PoolerSection,
  { name, entry }: PoolerTarget,
  { key, value, start, end }: ConnectPair,
): string | undefined {
  const quoted = entry.value[start] === "'";
  // A secret may hold anything.
  const shown = key === "password" ? "the password" : `${key}=${value}`;
  if (!quoted && value.includes("\t"))
    return `${key} of ${name} goes on behind the tab, which does not part pairs; write a space.`;
  const swallowed = !quoted && key !== "password" ? /^([a-z_]+)=/.exec(value)?.[1] : undefined;
  if (swallowed !== undefined && poolerSetting(pooler.version, section, swallowed))
    return `${key} of ${name} is empty and so takes ${swallowed}= and what follows for its value; leave ${key} out.`;
  if (quoted && end < entry.value.length && entry.value[end] !== " ")
    return `PgBouncer drops the character behind the quotes of ${key} of ${name}; write a space there.`;
  if (poolerSetting(pooler.version, section, key)?.type !== "atoi" || key === "password") return undefined;
  const number = atoi(value);
  return String(number) === value.replace(/^\+?0*(?=\d)/, "") || (key === "port" && number === 0)
    ? undefined
    : `PgBouncer reads ${shown} of ${name} as ${number}; write a whole number.`;
}
