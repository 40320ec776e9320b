import type { Version } from "../../catalog/version.ts";
import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf, related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "server/reserved-connections",
  title: "reserved connections leave none for anybody else",
  severity: "error",
  docs: () => ({
    why: "Some of max_connections are kept for superusers, from 16 on also for roles with pg_use_reserved_connections. If nothing is left, the server does not start. It happens to small test servers whose max_connections was cut to a handful.",
    fix: "Raise max_connections above the sum, or reserve fewer.",
    traps:
      "The defaults count: superuser_reserved_connections is 3. In 10 and 11 the WAL senders come out of max_connections as well, ten of them unless changed; from 12 on they have slots of their own.",
    see: [
      settingDocs("connection", "superuser_reserved_connections"),
      settingDocs("connection", "reserved_connections"),
    ],
  }),
  *check({ conf }) {
    const limit = conf?.known("max_connections");
    if (!conf || !limit) return;
    const names = reserving(conf.version);
    const parts = names.flatMap((name) => conf.known(name) ?? []);
    // In a part of a configuration, another part may say how many are reserved.
    if (parts.length < names.length) return;
    const numbers = parts.map(({ value }) => Number(value));
    const max = Number(limit.value);
    const message = complaint(conf.version, numbers, max);
    const place = [limit, ...parts].map(placeOf).find((found) => found !== undefined);
    if (message === undefined || !place) return;
    const sum = parts.map(({ setting, base }) => `${setting.name} ${base}`).join(" + ");
    yield {
      place,
      message: `${sum} reserves all of max_connections = ${max}.`,
      setting: "max_connections",
      current: limit.base,
      suggested: String(numbers.reduce((total, number) => total + number, 0) + 20),
      apply: applyOf(limit.setting),
      server: refusesStart(message),
      related: parts.flatMap((part) => related(part, "counts against it")),
    };
  },
});

function reserving({ major }: Version): string[] {
  if (major <= 11) return ["superuser_reserved_connections", "max_wal_senders"];
  return major <= 15
    ? ["superuser_reserved_connections"]
    : ["superuser_reserved_connections", "reserved_connections"];
}

/** What the postmaster prints on its way out, before its log is open; undefined where enough is left. */
function complaint(
  { major }: Version,
  [reserved = 0, second = 0]: number[],
  max: number,
): string | undefined {
  if (major === 10) {
    if (reserved >= max) return "superuser_reserved_connections must be less than max_connections";
    return second >= max ? "max_wal_senders must be less than max_connections" : undefined;
  }
  if (reserved + second < max) return undefined;
  if (major === 11)
    return `superuser_reserved_connections (${reserved}) plus max_wal_senders (${second}) must be less than max_connections (${max})`;
  if (major <= 15)
    return `superuser_reserved_connections (${reserved}) must be less than max_connections (${max})`;
  const q = major >= 17 ? '"' : "";
  return `${q}superuser_reserved_connections${q} (${reserved}) plus ${q}reserved_connections${q} (${second}) must be less than ${q}max_connections${q} (${max})`;
}
