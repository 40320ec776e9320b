import type { Version } from "../catalog/version.ts";
import type { AuthToken } from "../syntax/auth-tokens.ts";
import { regexSyntax } from "../syntax/postgres-regex.ts";
import type { FileSet } from "../text/files.ts";
import type { Source } from "../text/source.ts";
import { type AuthRecord, readAuthFile } from "./auth-files.ts";
import { fileProblems } from "./hba.ts";
import type { AnyHbaProblem } from "./hba-problems.ts";

/** A mapping of pg_ident.conf: the system user may be the database user. */
export interface IdentLine {
  readonly record: AuthRecord;
  readonly map: AuthToken;
  readonly systemUser: AuthToken;
  readonly databaseUser: AuthToken;
}

/** pg_ident.conf with all that it includes. A wrong record does not stop the server: it starts without any map. */
export interface IdentFile {
  readonly source: Source;
  readonly version: Version;
  readonly records: readonly AuthRecord[];
  readonly lines: readonly IdentLine[];
  readonly problems: readonly AnyHbaProblem[];
  readonly accepts: boolean;
}

/** load_ident() of hba.c */
export function readIdent(files: FileSet, source: Source, version: Version): IdentFile {
  const records = readAuthFile(files, source, version);
  const lines: IdentLine[] = [];
  const problems: AnyHbaProblem[] = [];
  let accepts = true;
  for (const record of records) {
    for (const problem of fileProblems(record))
      problems.push({ ...problem, server: { ...problem.server, effect: "ignored" } });
    if (record.error !== null) accepts = false;
    if (record.error !== null || record.fields.length === 0) continue;
    const parsed = parseRecord(record, version);
    if ("kind" in parsed) {
      problems.push(parsed);
      accepts = false;
    } else lines.push(parsed);
  }
  return { source, version, records, lines, problems, accepts };
}

/** parse_ident_line(): three fields of one token each; what stands behind them is not looked at. */
function parseRecord(record: AuthRecord, version: Version): IdentLine | AnyHbaProblem {
  const tokens: AuthToken[] = [];
  for (const field of record.fields.slice(0, 3)) {
    const [token, second] = field;
    if (second) return problem(record, "ident/record", "multiple values in ident field", second);
    if (token) tokens.push(token);
  }
  const [map, systemUser, databaseUser] = tokens;
  if (!map || !systemUser || !databaseUser) {
    const message =
      version.major >= 16
        ? "missing entry at end of line"
        : `missing entry in file "${record.source.path}" at end of line ${record.line}`;
    return problem(record, "ident/record", message, null, "missing entry at end of line");
  }
  // The database user may be an expression from 16 on.
  for (const token of version.major >= 16 ? [systemUser, databaseUser] : [systemUser]) {
    if (!token.text.startsWith("/")) continue;
    const syntax = regexSyntax(token.text.slice(1));
    if ("error" in syntax)
      return problem(
        record,
        "ident/regex",
        `invalid regular expression "${token.text.slice(1)}": ${syntax.error}`,
        token,
      );
  }
  return { record, map, systemUser, databaseUser };
}

function problem(
  record: AuthRecord,
  kind: "ident/record" | "ident/regex",
  message: string,
  token: AuthToken | null,
  shown = message,
): AnyHbaProblem {
  const server = { effect: "ignored", when: "read", message } as const;
  return { kind, place: token?.place ?? record.place, server, record, token, shown };
}
