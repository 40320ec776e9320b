import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "server/privileged-port",
  title: "a port below 1024",
  severity: "warning",
  docs: () => ({
    why: "Only root may bind a port below 1024, and PostgreSQL refuses to run as root, so with TCP on the server does not start.",
    fix: "Keep 5432, or any port from 1024 up, and let a proxy or a redirection stand on the small number.",
    traps: "It works where net.ipv4.ip_unprivileged_port_start was lowered, or in containers that do so.",
    see: [settingDocs("connection", "port")],
  }),
  *check({ conf }) {
    const port = conf?.known("port");
    const place = port && placeOf(port);
    if (!place || Number(port.value) >= 1024 || conf?.known("listen_addresses")?.base === "") return;
    yield {
      place,
      message: `Port ${port.base} needs root, and PostgreSQL does not run as root.`,
      setting: "port",
      current: port.base,
      suggested: "5432",
      apply: "restart",
      server: refusesStart("could not create any TCP/IP sockets"),
    };
  },
});
