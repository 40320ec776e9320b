import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

const OTHERS_WRITE = 0o002;

export default defineRule({
  id: "network/socket-group",
  title: "a group for the Unix socket, which everybody may open all the same",
  severity: "info",
  controls: ["B02", "CIS 8.3"],
  docs: () => ({
    why: "unix_socket_group names who may open the socket, and does so only together with unix_socket_permissions: with 0777, the default, every other account of the host may as well. Whoever wrote the line believes that the socket is closed to them.",
    fix: "Write `unix_socket_permissions = 0770` next to it.",
    traps:
      "The value is octal only with its leading zero. Accounts that are not in the group yet then get `Permission denied`.",
    leave: "Where every account of the host is meant to connect, and another tool needs the group.",
    see: [
      settingDocs("connection", "unix_socket_group"),
      settingDocs("connection", "unix_socket_permissions"),
    ],
  }),
  *check({ conf }) {
    const group = writtenIn(conf, "unix_socket_group");
    const permissions = conf?.known("unix_socket_permissions");
    if (!group?.base || !permissions || (Number(permissions.value) & OTHERS_WRITE) === 0) return;
    const octal = `0${Number(permissions.value).toString(8)}${permissions.item ? "" : ", the default,"}`;
    yield {
      ...unwise(
        group,
        `unix_socket_group = ${group.base} keeps nobody out: unix_socket_permissions = ${octal} lets every account open the socket.`,
      ),
      related: related(permissions, "open for all"),
    };
  },
});
