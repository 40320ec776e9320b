import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

/** echo or printf with a word of its own, not with one from a variable or a command. */
const PRINTS = /(?:^|[\s;&|'"(/])(?:echo|printf)\s+(?:-\w+\s+)*(?![^|;&]*[$`])[^\s|;&-]/;

export default defineRule({
  id: "secrets/passphrase-in-command",
  title: "the passphrase of the TLS key stands in the configuration",
  severity: "warning",
  versions: { postgres: ">=11" },
  controls: ["C08"],
  docs: () => ({
    why: "A passphrase keeps a copied key file from being of use. Printed by echo, it lies next to the name of the key, in every backup of the configuration and in the list of processes while it runs.",
    fix: "Let the command fetch it: from systemd-creds, a secret store, a file on another volume. Or take the passphrase off the key, which is as safe as this, and watch the key file's mode.",
    traps: "Whoever may read all settings sees the command in pg_settings.",
    leave: "In a test of ssl_passphrase_command itself.",
    see: [settingDocs("connection", "ssl_passphrase_command")],
  }),
  *check({ conf }) {
    const command = writtenIn(conf, "ssl_passphrase_command");
    if (!command || !PRINTS.test(command.base)) return;
    const { place, apply } = unwise(command, "");
    yield {
      place,
      message: "ssl_passphrase_command prints the passphrase, so it stands in this file, next to the key.",
      setting: "ssl_passphrase_command",
      ...(apply && { apply }),
    };
  },
});
