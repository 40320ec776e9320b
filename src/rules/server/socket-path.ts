import { defineRule } from "../../engine/rule.ts";
import { byteLength } from "../../text/source.ts";
import { splitDirectories } from "../../values/lists.ts";
import { placeOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

/** sizeof(sun_path) on Linux, with the closing NUL. */
const MAX_BYTES = 107;

export default defineRule({
  id: "server/socket-path",
  title: "a Unix socket whose path is too long",
  severity: "warning",
  docs: () => ({
    why: "The path of a socket, directory and file name together, must fit into 107 bytes. A longer one is not created; the server complains in its log, and does not start if none of its sockets can be.",
    fix: "Name a shorter directory, such as /var/run/postgresql or /tmp.",
    see: [settingDocs("connection", "unix_socket_directories")],
  }),
  *check({ conf }) {
    const directories = conf?.known("unix_socket_directories");
    const place = directories && placeOf(directories);
    if (!conf || !place) return;
    for (const directory of splitDirectories(directories.base) ?? []) {
      const path = `${directory}/.s.PGSQL.${conf.get("port")?.base ?? "5432"}`;
      const bytes = byteLength(path);
      if (directory.startsWith("@") || bytes <= MAX_BYTES) continue;
      yield {
        place,
        message: `The socket's path has ${bytes} bytes, over the ${MAX_BYTES} that fit.`,
        setting: "unix_socket_directories",
        current: directories.base,
        apply: "restart",
        server: {
          effect: "warns",
          when: "start",
          message: `could not create Unix-domain socket in directory "${directory}"`,
          detail: `Unix-domain socket path "${path}" is too long (maximum ${MAX_BYTES} bytes)`,
        },
      };
    }
  },
});
