import type { HbaFile } from "../../cluster/hba.ts";

const WITH_PASSWORD: ReadonlySet<string> = new Set(["scram-sha-256", "md5", "password"]);

/** Does somebody log in with a password that the server keeps? Where the lines are not at hand, most likely so. */
export const usesPasswords = (hba: HbaFile | undefined): boolean =>
  hba?.lines.some(({ method }) => WITH_PASSWORD.has(method)) ?? true;
