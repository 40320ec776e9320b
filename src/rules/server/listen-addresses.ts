import { defineRule } from "../../engine/rule.ts";
import { splitDirectories, splitIdentifiers } from "../../values/lists.ts";
import { placeOf, related, rewriteValue } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";

export default defineRule({
  id: "server/listen-addresses",
  title: "nothing to listen on, or a list that does not parse",
  severity: "error",
  docs: () => ({
    why: "The server reads any text here and only looks at it when it opens its sockets. A list with blanks for commas, or no address and no socket directory at all, ends the start.",
    fix: "Part addresses with commas: `listen_addresses = 'localhost, 10.0.0.5'`. `*` is every address, an empty value none.",
    see: [
      settingDocs("connection", "listen_addresses"),
      settingDocs("connection", "unix_socket_directories"),
    ],
  }),
  *check({ conf }) {
    const addresses = conf?.known("listen_addresses");
    const sockets = conf?.known("unix_socket_directories");
    for (const [list, parse] of [
      [addresses, splitIdentifiers],
      [sockets, splitDirectories],
    ] as const) {
      if (!list?.item || parse(list.base) !== undefined) continue;
      const { entry, source } = list.item;
      const meant = list.base
        .trim()
        .split(/[\s,;]+/)
        .filter(Boolean)
        .join(", ");
      yield {
        place: { source, span: entry.valueSpan },
        message: `${list.setting.name} is a list parted by commas; "${list.base}" is none.`,
        setting: list.setting.name,
        current: list.base,
        suggested: meant,
        apply: "restart",
        server: refusesStart(`invalid list syntax in parameter "${list.setting.name}"`),
        fix: rewriteValue(source, entry, meant),
      };
    }
    const place = (addresses && placeOf(addresses)) ?? (sockets && placeOf(sockets));
    if (!place || addresses?.base.trim() !== "" || sockets?.base.trim() !== "") return;
    yield {
      place,
      message: "With listen_addresses and unix_socket_directories both empty, nobody can connect.",
      setting: "listen_addresses",
      current: "",
      suggested: "localhost",
      apply: "restart",
      server: refusesStart("no socket created for listening"),
      related: related(sockets, "empty as well"),
    };
  },
});
