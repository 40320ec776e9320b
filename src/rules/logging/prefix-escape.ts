import type { Version } from "../../catalog/version.ts";
import { defineRule } from "../../engine/rule.ts";
import { changeTo } from "../support/change-value.ts";
import { escapeSince, escapesOf, knowsEscape, mapEscapes, type PrefixEscape } from "../support/log-prefix.ts";
import { settingDocs } from "../support/sources.ts";
import { serverName } from "../support/unknown.ts";

export default defineRule({
  id: "logging/prefix-escape",
  title: "an escape of log_line_prefix that the server does not know",
  severity: "warning",
  controls: ["E29"],
  docs: () => ({
    why: "The server drops an escape that it does not know, without a message. The field is missing from every line, and a log parser that expects it stops recognising the log.",
    fix: "Use one that the release has: %b came with 13, %P and %Q with 14, %L with 18. A literal % is %%.",
    traps: "Case matters: %u is the user, %U is nothing; %p the process, %P the leader of a parallel group.",
    leave: "Where one file serves several releases and a missing field in the older ones is wanted.",
    see: [settingDocs("logging", "log_line_prefix")],
  }),
  *check({ conf }) {
    const prefix = conf?.known("log_line_prefix");
    if (!conf || !prefix) return;
    const unknown = escapesOf(prefix.base).filter(({ letter }) => !knowsEscape(conf.version, letter));
    if (unknown.length === 0) return;
    const reasons = unknown.map((each) => reason(each, conf.version)).join(", ");
    const corrected = mapEscapes(prefix.base, (each) =>
      knowsEscape(conf.version, each.letter) ? each.text : (instead(each, conf.version) ?? ""),
    );
    yield changeTo(conf, prefix, corrected, `log_line_prefix has ${reasons}: nothing is printed for it.`);
  },
});

function reason({ text, letter }: PrefixEscape, version: Version): string {
  if (letter === "") return "a % at its end";
  const since = escapeSince(letter);
  if (since !== undefined) return `${text} (since ${since}, not in ${serverName(version)})`;
  const other = instead({ text, letter }, version);
  return `${text} (no escape${other ? `; ${other} is one` : ""})`;
}

/** The same letter in the other case, for one that no release knows. */
function instead({ text, letter }: PrefixEscape, version: Version): string | undefined {
  if (escapeSince(letter) !== undefined) return undefined;
  const other = letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();
  return letter !== "" && knowsEscape(version, other) ? text.replace(letter, other) : undefined;
}
