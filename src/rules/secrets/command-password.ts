import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { unwise, writtenIn } from "../support/written.ts";

const COMMANDS = ["archive_command", "restore_command", "archive_cleanup_command", "recovery_end_command"];

/** How a command line carries a secret. A value from a variable, a file or a substitution is none. */
const CARRIERS: readonly (readonly [what: string, pattern: RegExp])[] = [
  [
    "an environment variable",
    /\b\w*(?:PASSWORD|PASSWD|PASSPHRASE|SECRET|TOKEN|ACCESS_KEY)=(?!["']?[$/`])["']?\w/,
  ],
  [
    "an option",
    /\s--?[\w-]*(?:password|passwd|pass|passphrase|secret|token|secret-key)=(?!["']?[$/`@])["']?\w/,
  ],
  ["the arguments of sshpass", /\bsshpass\s+-p\s*(?!["']?\$)\S/],
  ["a connection string", /[\s'"?&]password=(?!["']?[$`/])["']?\w/],
  ["a URL", /:\/\/[^\s/:@$]+:[^\s/@$]+@/],
];

export default defineRule({
  id: "secrets/command-password",
  title: "a password in a command that the server runs",
  severity: "warning",
  controls: ["D07"],
  docs: () => ({
    why: "Every role of the database may read archive_command and restore_command with SHOW, every account of the host sees the command line in the list of processes, and a failed command is written into the log with everything in it. So the password of the backup store is known to all of them.",
    fix: "Let the tool read it where only the server's account can: a configuration file, an instance role, .pgpass, an ssh key. Then change the password.",
    traps:
      "An environment variable in front of the command is as visible as an option. One in the environment of the service is better.",
    leave: "Nothing speaks for it.",
    see: [settingDocs("wal", "archive_command"), settingDocs("wal", "restore_command")],
  }),
  *check({ conf }) {
    for (const name of COMMANDS) {
      const command = writtenIn(conf, name);
      const carrier = command && CARRIERS.find(([, pattern]) => pattern.test(command.base));
      if (!command || !carrier) continue;
      const { place, apply } = unwise(command, "");
      yield {
        place,
        message: `${name} hands over a secret in ${carrier[0]}, and every role of the database can read it with SHOW ${name}.`,
        setting: name,
        ...(apply && { apply }),
      };
    }
  },
});
