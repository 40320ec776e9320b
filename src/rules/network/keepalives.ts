import { defineRule } from "../../engine/rule.ts";
import { placeOrAbsent } from "../support/conf.ts";
import { listensOn } from "../support/reach.ts";
import { settingDocs } from "../support/sources.ts";

const WANTED = [
  ["tcp_keepalives_idle", "300"],
  ["tcp_keepalives_interval", "30"],
  ["tcp_keepalives_count", "4"],
] as const;

export default defineRule({
  id: "network/keepalives",
  title: "TCP keepalives as the operating system has them",
  severity: "info",
  profiles: ["stig"],
  controls: ["B06", "STIG V-233606"],
  docs: () => ({
    why: "0 leaves the timing to the operating system, and Linux asks an idle connection for a sign of life only after two hours. Until then the session of a client that vanished, say behind a firewall that dropped the connection, keeps its locks and its place among max_connections.",
    fix: "`tcp_keepalives_idle = 300`, `tcp_keepalives_interval = 30` and `tcp_keepalives_count = 4` notice it within seven minutes.",
    traps:
      "0 does not mean that keepalives are off, whatever the STIG's check suggests: they run with the system's times. They have no effect on Unix sockets.",
    leave: "Where the hosts' own net.ipv4.tcp_keepalive_* are set to something useful.",
    see: WANTED.map(([name]) => settingDocs("connection", name)),
  }),
  *check({ conf }) {
    if (!conf || listensOn(conf) !== "remote") return;
    const zero = WANTED.flatMap(([name, wanted]) => {
      const setting = conf.known(name);
      return setting?.value === 0 ? [{ setting, wanted }] : [];
    });
    const first = zero.find(({ setting }) => setting.item) ?? zero[0];
    if (!first) return;
    const names = zero.map(({ setting }) => setting.setting.name).join(", ");
    yield {
      place: placeOrAbsent(conf, first.setting),
      message: `The operating system decides when a vanished client is noticed, on Linux after more than two hours: ${names} = 0.`,
      setting: first.setting.setting.name,
      current: "0",
      suggested: first.wanted,
      apply: "reload",
    };
  },
});
