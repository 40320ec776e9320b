import { formatIp } from "../access/address.ts";
import type { PoolerVersion } from "../catalog/pooler-version.ts";
import { type PoolerHbaLine, type PoolerHbaNames, readPoolerHba } from "../cluster/pooler-hba.ts";
import { type PoolerIdentLine, readPoolerIdent } from "../cluster/pooler-ident.ts";
import type { PoolerHbaProblem } from "../cluster/pooler-problems.ts";
import type { FileSet } from "../text/files.ts";
import type { Source } from "../text/source.ts";
import type { HbaReading, HbaRow, IdentRow } from "./read-hba.ts";

/** What PgBouncer makes of auth_hba_file or auth_ident_file, in the columns of PostgreSQL's views. */
export function poolerReading(
  files: FileSet,
  source: Source | string,
  kind: "hba" | "ident",
  version: PoolerVersion,
): HbaReading {
  if (typeof source === "string") {
    const message = `could not open ${kind} config file ${files.paths[0]}: ${source}`;
    return { accepts: true, messages: [{ message, line: null }], rows: [] };
  }
  if (kind === "ident") {
    const { lines, problems } = readPoolerIdent(source);
    return reading(problems, lines.map(identRow));
  }
  const { lines, problems } = readPoolerHba(files, source, version, new Set());
  return reading(problems, lines.map(hbaRow));
}

function reading(problems: readonly PoolerHbaProblem[], kept: (HbaRow | IdentRow)[]): HbaReading {
  const lost = problems
    .filter(({ dropped }) => dropped)
    .map(({ line, reason }) => ({ line_number: line, error: reason }));
  return {
    accepts: true,
    messages: problems.map(({ server: { message }, line }) => ({ message, line })),
    rows: [...kept, ...lost].sort((a, b) => a.line_number - b.line_number),
  };
}

const hbaRow = ({ line, type, databases, users, network, method, map }: PoolerHbaLine): HbaRow => ({
  line_number: line,
  type,
  database: namesOf(databases),
  user_name: namesOf(users),
  ...(network && { address: formatIp(network.ip), netmask: formatIp(network.mask) }),
  ...(!network && type !== "local" && { address: "all" }),
  auth_method: method,
  ...(map !== null && { options: [`map=${map}`] }),
});

const namesOf = ({ names, keywords }: PoolerHbaNames) => [...keywords, ...names];

const identRow = ({ line, map, systemUser, databaseUser }: PoolerIdentLine): IdentRow => ({
  line_number: line,
  map_name: map,
  sys_name: systemUser,
  pg_username: databaseUser.text,
});
