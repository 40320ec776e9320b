import type { PoolerIdent, PoolerIdentLine } from "./pooler-ident.ts";

/** The mapping of PgBouncer's that lets a system user be that user; names are compared as they are. */
export const poolerMapping = (
  map: string,
  { lines }: Pick<PoolerIdent, "lines">,
  { systemUser, user }: { readonly systemUser: string; readonly user: string },
): PoolerIdentLine | undefined =>
  lines.find(
    (line) =>
      line.map === map &&
      line.systemUser === systemUser &&
      ((line.databaseUser.text === "all" && !line.databaseUser.quoted) || line.databaseUser.text === user),
  );
