import { foldName } from "../../catalog/fold.ts";
import type { Version } from "../../catalog/version.ts";
import { sameWord, splitIdentifiers, splitNames } from "../lists.ts";
import { type CheckHook, dotSince, type HookFailure, LIST_SYNTAX, unknownWord } from "./hook.ts";
import { badSlotName } from "./recovery.ts";

/** Settings whose value is a list of names or of fixed words. */

export const checkNameList: CheckHook<string> = (text) => splitIdentifiers(text) !== undefined || LIST_SYNTAX;

/** The hook for a list of these words, in any case. */
const wordsOf =
  (words: (version: Version) => readonly string[]): CheckHook<string> =>
  (text, { version }) => {
    const list = splitIdentifiers(text);
    if (!list) return LIST_SYNTAX;
    const unknown = list.find((word) => !words(version).some((known) => sameWord(known, word)));
    return unknown === undefined || unknownWord(unknown);
  };

export const checkLogDestination = wordsOf(({ major }) =>
  major >= 15 ? ["stderr", "csvlog", "jsonlog", "syslog"] : ["stderr", "csvlog", "syslog"],
);
export const checkSelfGrant = wordsOf(() => ["set", "inherit"]);
export const checkRelationKinds = wordsOf(() => ["view", "foreign-table"]);

/** The resource managers that check their own records; custom ones can join from 15 on. */
export const CONSISTENCY_WORDS: readonly string[] =
  "all heap2 heap btree hash gin gist sequence spgist brin generic".split(" ");

/** From 15 on the list is looked up only once the libraries are loaded: the rule server/wal-consistency-checking. */
export const checkConsistency: CheckHook<string> = (text, { version }) => {
  const list = splitIdentifiers(text);
  if (!list) return LIST_SYNTAX;
  if (version.major >= 15) return true;
  const unknown = list.find((word) => !CONSISTENCY_WORDS.includes(foldName(word)));
  return unknown === undefined || unknownWord(unknown);
};

export const checkIoDirect: CheckHook<string> = (text, { version }) => {
  const list = splitNames(text);
  const upper = version.major >= 17;
  if (!list)
    return {
      detail: dotSince(18, `${upper ? "I" : "i"}nvalid list syntax in parameter "debug_io_direct"`, version),
    };
  const unknown = list.find((word) => !["data", "wal", "wal_init"].includes(foldName(word)));
  if (unknown === undefined) return true;
  return { detail: dotSince(18, `${upper ? "I" : "i"}nvalid option "${unknown}"`, version) };
};

const LOG_CONNECTIONS = ["receipt", "authentication", "authorization", "setup_durations", "all"];
const LIKE_A_BOOLEAN = ["on", "off", "true", "false", "yes", "no", "1", "0"];

/** A list of aspects from 18 on; the Boolean words of older releases still stand, alone. */
export const checkLogConnections: CheckHook<string> = (text, { version }) => {
  if (version.major < 18) return true;
  const list = splitIdentifiers(text);
  if (!list) return { detail: 'Invalid list syntax in parameter "log_connections".' };
  const [first = ""] = list;
  if (LIKE_A_BOOLEAN.includes(foldName(first))) {
    const detail = `Cannot specify log_connections option "${first}" in a list with other options.`;
    return list.length === 1 || { detail };
  }
  const unknown = list.find((word) => !LOG_CONNECTIONS.includes(foldName(word)));
  return unknown === undefined || { detail: `Invalid option "${unknown}".` };
};

export const checkStandbySlots: CheckHook<string> = (text) => {
  const list = splitIdentifiers(text);
  if (!list) return LIST_SYNTAX;
  return list.map(badSlotName).find((failure): failure is HookFailure => failure !== undefined) ?? true;
};
