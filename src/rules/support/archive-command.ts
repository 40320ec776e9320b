import type { Conf, EffectiveSetting } from "../../cluster/conf.ts";
import type { Draft } from "../../engine/rule.ts";
import type { Place } from "../../text/source.ts";
import { placeOf, rewriteValue } from "./conf.ts";
import { readShell, type ShellCommand, type ShellLine } from "./shell.ts";

/** The archive_command of a server that archives, or that may: a part of a configuration need not say so. */
export interface ArchiveCommand extends ShellLine {
  readonly setting: EffectiveSetting;
  readonly place: Place;
  readonly text: string;
}

const known = new WeakMap<Conf, ArchiveCommand | null>();

export function archiveCommandOf(conf: Conf | undefined): ArchiveCommand | undefined {
  if (!conf) return undefined;
  let command = known.get(conf);
  if (command === undefined) {
    command = find(conf) ?? null;
    known.set(conf, command);
  }
  return command ?? undefined;
}

function find(conf: Conf): ArchiveCommand | undefined {
  const setting = conf.known("archive_command");
  const place = setting && placeOf(setting);
  if (!place || setting.base === "" || setting.base === DISABLED) return undefined;
  if (conf.known("archive_mode")?.base === "off" || conf.known("archive_library")?.base) return undefined;
  return { setting, place, text: setting.base, ...readShell(setting.base) };
}

/** What SHOW archive_command prints while archive_mode is off. */
export const DISABLED = "(disabled)";

/** What every finding about the command has in common. */
export const aboutCommand = ({ place, text }: ArchiveCommand, message: string): Draft => ({
  place,
  message,
  setting: "archive_command",
  current: text,
  apply: "reload",
});

/** Another command to write; whether it does what is wanted is for a person to see. */
export function instead({ setting: { item } }: ArchiveCommand, suggested: string): Partial<Draft> {
  return item ? { suggested, fix: { ...rewriteValue(item.source, item.entry, suggested), safe: false } } : {};
}

/** Programs that do something for a person or for nobody, and succeed. */
const IDLE = new Set("true : echo printf cd exit sleep date pwd logger rem test [ [[ set".split(" "));
const DROPS = ["/dev/null", "NUL", "nul"];

/** It leaves no copy of anything. */
export const isIdle = (command: ShellCommand): boolean =>
  IDLE.has(command.program.toLowerCase()) || DROPS.includes(destinationOf(command) ?? "");

/** It ends with a failure, whatever happens. */
export const isFailure = ({ program, words }: ShellCommand): boolean =>
  program === "false" || (program === "exit" && /^[1-9]/.test(words[1] ?? ""));

/** Programs whose last word says where they copy to. */
const COPIERS = new Set("cp scp rsync install mv".split(" "));
/** Programs that write to where the shell sends them. */
const STREAMERS = new Set("cat gzip pigz zstd lz4 lzop xz bzip2 gpg openssl age pv".split(" "));

export const isCopier = ({ program }: ShellCommand): boolean => COPIERS.has(program);

/** Where a command writes a segment to, as far as we know the program. */
export function destinationOf(command: ShellCommand): string | undefined {
  const { program, words, writes } = command;
  if (STREAMERS.has(program)) return writes.at(-1);
  if (program === "dd") return words.find((word) => word.startsWith("of="))?.slice("of=".length);
  if (!isCopier(command)) return undefined;
  const target = words.indexOf("-t");
  if (target !== -1) return words[target + 1];
  const operands = words.slice(1).filter((word) => !word.startsWith("-"));
  return operands.length < 2 ? undefined : operands.at(-1);
}
