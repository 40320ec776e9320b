import type { EffectiveSetting } from "../../cluster/conf.ts";
import { type Draft, defineRule } from "../../engine/rule.ts";
import { applyOf, rewriteValue, valuePlace } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";

/** What each command may have behind a percent sign. */
const COMMANDS = {
  archive_command: "pf",
  restore_command: "fpr",
  archive_cleanup_command: "r",
  recovery_end_command: "r",
};

const PERCENT_SOURCE = "https://github.com/postgres/postgres/blob/master/src/common/percentrepl.c";

export default defineRule({
  id: "backup/unknown-placeholder",
  title: "a percent sign that the server cannot replace",
  severity: "error",
  controls: ["H05"],
  versions: { postgres: ">=16" },
  docs: () => ({
    why: "From 16 on the server refuses to run a command with a placeholder that it does not know: nothing is archived, pg_wal grows, and the log repeats the error; a restore_command ends the recovery. Up to 15 the percent sign was passed on, so a command with `date +%Y` worked for years and stops with the upgrade.",
    fix: "Double the percent signs that are meant for a program: `date +%%Y%%m%%d`.",
    traps:
      "The server takes the file without a word and starts; only the archiver complains. %r, the oldest segment still needed, is for restore_command and the commands at the end of recovery, not for archive_command.",
    leave: "Never on 16 or later.",
    see: [settingDocs("wal", "archive_command"), PERCENT_SOURCE],
  }),
  *check({ conf }) {
    if (!conf || conf.known("archive_library")?.base) return;
    for (const [name, letters] of Object.entries(COMMANDS)) {
      const command = conf.known(name);
      const wrong = command?.item && unknownIn(command.base, letters);
      if (!command?.item || wrong === undefined || wrong === null) continue;
      const { item, base, setting } = command;
      const allowed = [...letters].map((letter) => `%${letter}`).join(" and ");
      const end = wrong === "";
      const archives = name === "archive_command" && conf.known("archive_mode")?.base !== "off";
      yield {
        place: valuePlace(item),
        message: `${name} has ${end ? "a lone % at its end" : `%${wrong}`}, which the server does not run; it knows ${allowed}, and a percent sign is written %%.`,
        setting: name,
        current: item.entry.value,
        apply: applyOf(setting),
        ...(archives && { server: serverWords(base, wrong) }),
        ...corrected(command, letters),
      };
    }
  },
});

/** The first letter that nobody replaces; "" for a percent sign at the end. */
function unknownIn(text: string, letters: string): string | undefined {
  for (let at = text.indexOf("%"); at !== -1; at = text.indexOf("%", at + 2)) {
    const letter = text[at + 1] ?? "";
    if (letter === "" || !`%${letters}`.includes(letter)) return letter;
  }
  return undefined;
}

/** Percent signs for `date`, and at the end, are doubled; elsewhere %F is %f. */
function corrected({ base, item }: EffectiveSetting, letters: string): Partial<Draft> {
  const known = (letter: string) => letter !== "" && `%${letters}`.includes(letter);
  const dates = /\bdate\b/.test(base);
  const text = base.replace(/%([\s\S]?)/g, (both, letter: string) => {
    if (known(letter)) return both;
    return !dates && known(letter.toLowerCase()) ? both.toLowerCase() : `%${both}`;
  });
  const certain = dates || !/%%[a-z]/i.test(text);
  return item && certain ? { suggested: text, fix: rewriteValue(item.source, item.entry, text) } : {};
}

/** The archiver says so as often as it is started. */
const serverWords = (text: string, letter: string): NonNullable<Draft["server"]> => ({
  effect: "warns",
  when: "start",
  message: `invalid value for parameter "archive_command": "${text}"`,
  detail:
    letter === ""
      ? 'String ends unexpectedly after escape character "%".'
      : `String contains unexpected placeholder "%${letter}".`,
});
