import { databasesText, fromText, usersText } from "../api/access-words.ts";
import type { AccessChange } from "../api/diff-hba.ts";

const CHANGE_TITLES = {
  gains: "New access",
  differs: "Another method or option",
  loses: "No access any more",
} as const;
const ENCRYPTION = { required: ", with TLS", optional: "", none: ", without TLS", needless: "" } as const;

/** "New access: bob to app from 10.0.0.0/8, with TLS (in part)" */
export function changeTitle(change: AccessChange): string {
  const { from, users, databases, encryption, partly } = change;
  const where = `${fromText(from)}${ENCRYPTION[encryption]}${partly ? " (in part)" : ""}`;
  return `${titleOf(change)}: ${usersText(users)} to ${databasesText(databases)} from ${where}`;
}

const titleOf = ({ change, before, after }: AccessChange) =>
  change === "differs"
    ? before.method === after.method
      ? "Other options"
      : "Another method"
    : CHANGE_TITLES[change];

const CHANGES = ["gains", "differs", "loses"] as const;

/** "new access: 1, no access any more: 2" */
export const changesText = (changes: readonly AccessChange[]): string =>
  CHANGES.map(
    (change) => [changes.filter((its) => its.change === change).length, CHANGE_TITLES[change]] as const,
  )
    .filter(([number]) => number > 0)
    .map(([number, title]) => `${title.toLowerCase()}: ${number}`)
    .join(", ");
