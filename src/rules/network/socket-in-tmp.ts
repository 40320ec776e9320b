import { defineRule } from "../../engine/rule.ts";
import { splitDirectories } from "../../values/lists.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

const ANYBODYS = ["/tmp", "/var/tmp", "/dev/shm"];

export default defineRule({
  id: "network/socket-in-tmp",
  title: "a Unix socket in a directory where anybody may write",
  severity: "info",
  profiles: ["strict", "cis"],
  controls: ["B03", "CIS 8.3"],
  docs: () => ({
    why: "While the server is down, any account of the host can put its own socket into /tmp and wait for clients: they hand it their passwords. Cleaners of /tmp remove old sockets, and with systemd's PrivateTmp other services do not see the socket at all.",
    fix: "Use a directory of the server's own, as the distributions do: `unix_socket_directories = '/var/run/postgresql'`.",
    traps:
      "libpq has its directory built in, often /tmp when it was built from source. Such clients then need `host=/var/run/postgresql`.",
    leave:
      "For clients that only know /tmp; those can ask for the server's account with requirepeer=postgres.",
    see: [pgDocs("preventing-server-spoofing"), settingDocs("connection", "unix_socket_directories")],
  }),
  *check({ conf }) {
    const directories = writtenIn(conf, "unix_socket_directories");
    if (!directories) return;
    const open = splitDirectories(directories.base)?.find((path) =>
      ANYBODYS.includes(path.replace(/(?<=.)\/+$/, "")),
    );
    if (open === undefined) return;
    yield unwise(
      directories,
      `The socket lies in ${open}, where any account can put one of its own while the server is down.`,
    );
  },
});
