import { defineRule } from "../../engine/rule.ts";
import { about, rewritten } from "../support/pooler-settings.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/socket-mode",
  title: "unix_socket_mode without its leading 0 is read as a decimal number",
  severity: "warning",
  controls: ["pgbouncer/socket-mode"],
  docs: () => ({
    why: "777 is then octal 1411, which lets the owner only read and the group only pass: clients get `permission denied`.",
    fix: "Write it with a leading 0, such as 0770.",
    leave: "Never.",
    see: [poolerDocs("unix_socket_mode")],
  }),
  *check({ pooler }) {
    const found = pooler?.settings.get("unix_socket_mode");
    if (!pooler || !found || !/^[1-7][0-7]{2}$/.test(found.text)) return;
    yield {
      ...about(pooler, "unix_socket_mode", `0${found.text}`),
      message: `unix_socket_mode = ${found.text} is a decimal number, octal ${Number(found.text).toString(8)}; write 0${found.text}.`,
      ...rewritten(pooler, "unix_socket_mode", `0${found.text}`, false),
    };
  },
});
