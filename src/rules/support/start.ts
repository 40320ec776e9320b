import type { Version } from "../../catalog/version.ts";
import type { ServerWords } from "../../cluster/problems.ts";

/** The server ends its start with this message. */
export const refusesStart = (message: string, detail?: string): ServerWords => ({
  effect: "refuses",
  when: "start",
  message,
  ...(detail !== undefined && { detail }),
});

/** The server starts, with this warning. */
export const warnsAtStart = (message: string, hint?: string): ServerWords => ({
  effect: "warns",
  when: "start",
  message,
  ...(hint !== undefined && { hint }),
});

/** Names of settings stand in double quotes in the messages of 17 and later. */
export const quotedName = ({ major }: Version, name: string): string => (major >= 17 ? `"${name}"` : name);
