import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

export default defineRule({
  id: "tls/passphrase-reload",
  title: "a new certificate that a reload does not pick up",
  severity: "info",
  versions: { postgres: ">=11" },
  controls: ["C08"],
  docs: () => ({
    why: "Unless told that the command works then too, the server does not run ssl_passphrase_command at a reload: it logs that it cannot load the key, and goes on with the old certificate. After a renewal everything looks done, until the old one expires months later and clients are turned away.",
    fix: "Write `ssl_passphrase_command_supports_reload = on` if the command needs nobody at a terminal.",
    traps: "`pg_ctl reload` reports success all the same; only the log tells.",
    leave: "Where somebody types the passphrase, or the key has none.",
    see: [
      settingDocs("connection", "ssl_passphrase_command_supports_reload"),
      settingDocs("connection", "ssl_passphrase_command"),
    ],
  }),
  *check({ conf }) {
    const command = writtenIn(conf, "ssl_passphrase_command");
    const reload = conf?.known("ssl_passphrase_command_supports_reload");
    if (!command || command.base === "" || reload?.value !== false) return;
    if (conf?.known("ssl")?.value === false) return;
    const origin = reload.item ? "" : " by default";
    const { place, apply } = unwise(command, "");
    yield {
      place,
      message: `ssl_passphrase_command_supports_reload is off${origin}, so after a renewal the server keeps the old certificate until it is restarted.`,
      confidence: "medium",
      setting: "ssl_passphrase_command_supports_reload",
      current: "off",
      suggested: "on",
      ...(apply && { apply }),
      related: related(reload, "switched off here"),
    };
  },
});
