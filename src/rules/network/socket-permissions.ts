import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { lacking } from "../support/written.ts";

const OTHERS_WRITE = 0o002;

export default defineRule({
  id: "network/socket-permissions",
  title: "every account of the host may connect to the Unix socket",
  severity: "info",
  profiles: ["cis"],
  controls: ["B02", "CIS 8.3"],
  docs: () => ({
    why: "With 0777, the default, any account of the host may open the socket and try to log in; a compromised web server is such an account. pg_hba.conf is then the only gate.",
    fix: "Write `unix_socket_permissions = 0770` and name the group of those that may connect in unix_socket_group.",
    traps:
      "The value is octal only with its leading zero: 770 without it is out of range. Without unix_socket_group the group is the server's own, and local applications get `Permission denied`. Only the write bit counts.",
    leave: "Where the local lines of pg_hba.conf are peer or scram-sha-256, this adds little.",
    see: [
      settingDocs("connection", "unix_socket_permissions"),
      settingDocs("connection", "unix_socket_group"),
    ],
  }),
  *check({ conf }) {
    const permissions = conf?.known("unix_socket_permissions");
    if (!conf || !permissions || conf.get("unix_socket_directories")?.base === "") return;
    if ((Number(permissions.value) & OTHERS_WRITE) === 0) return;
    const octal = `0${Number(permissions.value).toString(8)}`;
    const origin = permissions.item ? "" : " by default";
    yield {
      ...lacking(
        conf,
        permissions,
        "0770",
        `unix_socket_permissions is ${octal}${origin}, so every account of the host may open the socket.`,
      ),
      current: octal,
    };
  },
});
