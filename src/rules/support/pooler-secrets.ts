import type { Userlist, UserlistEntry } from "../../syntax/userlist.ts";

/** Meant as a hash or a secret, and taken for a password as it is not quite one. */
export function isBroken(
  { source }: Userlist,
  { secret, secretSpan: { start, end } }: UserlistEntry,
): boolean {
  const text = source.text.slice(start, end);
  return secret === "plain" && (/^md5[0-9a-f]{24,40}$/i.test(text) || /^SCRAM-SHA-\d+\$/i.test(text));
}
