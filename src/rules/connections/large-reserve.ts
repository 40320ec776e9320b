import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const SHARE = 0.2;

export default defineRule({
  id: "connections/large-reserve",
  title: "a large part of the connections is reserved",
  severity: "info",
  controls: ["L03"],
  docs: () => ({
    why: 'Reserved connections are refused to everybody else. Applications then see "remaining connection slots are reserved" long before max_connections is reached.',
    fix: "Reserve a handful: 3 for superusers, a few for monitoring.",
    traps: "A pool that is sized to max_connections has to leave room for both reserves.",
    leave: "Leave it on a server with few connections of which monitoring and backups need most.",
    see: [
      settingDocs("connection", "superuser_reserved_connections"),
      settingDocs("connection", "reserved_connections"),
    ],
  }),
  *check({ conf }) {
    const limit = conf?.known("max_connections");
    const parts = ["superuser_reserved_connections", "reserved_connections"].flatMap(
      (name) => conf?.known(name) ?? [],
    );
    const changed = parts.find((part) => part.item && part.base !== part.setting.default);
    if (!conf || !limit || !changed) return;
    const max = Number(limit.value);
    const sum = parts.reduce((total, { value }) => total + Number(value), 0);
    // All of them: server/reserved-connections.
    if (sum >= max || sum <= max * SHARE) return;
    yield {
      ...draftAbout(
        conf,
        changed,
        `${sum} of max_connections = ${max} are reserved, ${Math.round((sum / max) * 100)} %; ${max - sum} are left for everybody else.`,
      ),
      related: related(limit, "all of them"),
    };
  },
});
