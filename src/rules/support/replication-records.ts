import type { HbaFile } from "../../cluster/hba.ts";
import type { AuthToken } from "../../syntax/auth-tokens.ts";

/** The word "replication" of each record that lets a standby in; in quotes it is a database of that name. */
export const forReplication = (hba: HbaFile | undefined): AuthToken[] =>
  (hba?.lines ?? []).flatMap(({ method, databases }) =>
    method === "reject"
      ? []
      : databases.filter(({ text, quoted }) => text === "replication" && !quoted).slice(0, 1),
  );
