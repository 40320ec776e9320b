import type { EffectiveSetting } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { listensOn } from "../support/reach.ts";
import { settingDocs } from "../support/sources.ts";
import { lacking } from "../support/written.ts";

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
  docs: {
    why: "0 leaves the timing to the operating system, and Linux asks an idle connection for a sign of life only after two hours. Until then the session of a client that vanished, say behind a firewall that dropped the connection, keeps its locks and its place among max_connections.",
    fix: "`tcp_keepalives_idle = 300`, `tcp_keepalives_interval = 30` and `tcp_keepalives_count = 4` notice it within seven minutes.",
    traps:
      "0 does not mean that keepalives are off, whatever the STIG's check suggests: they run with the system's times. They have no effect on Unix sockets.",
    leave: "Where the hosts' own net.ipv4.tcp_keepalive_* are set to something useful.",
    see: WANTED.map(([name]) => settingDocs("connection", name)),
  },
  *check({ conf }) {
    if (!conf || listensOn(conf) !== "remote") return;
    for (const [name, seconds] of WANTED) {
      const setting: EffectiveSetting | undefined = conf.known(name);
      if (setting?.value !== 0) continue;
      yield lacking(
        conf,
        setting,
        seconds,
        `${name} = 0 leaves it to the operating system when a vanished client is noticed; write ${seconds}.`,
      );
    }
  },
});
