import type { Ip } from "../access/address.ts";
import type { Version } from "../catalog/version.ts";
import type { AuthToken } from "../syntax/auth-tokens.ts";
import type { FileSet } from "../text/files.ts";
import type { Source } from "../text/source.ts";
import { type AuthRecord, readAuthFile } from "./auth-files.ts";
import type { AnyHbaProblem } from "./hba-problems.ts";
import { parseHbaRecord } from "./hba-record.ts";

/** What decides about a pg_hba.conf besides its text. */
export interface HbaFacts {
  readonly version: Version;
  /** The setting ssl; without it hostssl records never match. */
  readonly ssl: boolean;
  /** The setting oauth_validator_libraries, from 18 on. */
  readonly oauthLibraries: string;
  /** The setting db_user_namespace, up to 16. */
  readonly userNamespace: boolean;
}

export type HbaType = "local" | "host" | "hostssl" | "hostnossl" | "hostgssenc" | "hostnogssenc";

/** Where a record lets clients come from. */
export type HbaAddress =
  | { readonly kind: "all" | "samehost" | "samenet"; readonly token: AuthToken }
  | { readonly kind: "name"; readonly name: string; readonly token: AuthToken }
  | {
      readonly kind: "network";
      readonly ip: Ip;
      readonly mask: Ip;
      readonly token: AuthToken;
      readonly maskToken: AuthToken | null;
    };

export interface HbaOption {
  readonly name: string;
  readonly value: string;
  readonly token: AuthToken;
}

/** A record of pg_hba.conf that the server accepts. */
export interface HbaLine {
  readonly record: AuthRecord;
  readonly type: HbaType;
  readonly typeToken: AuthToken;
  readonly databases: readonly AuthToken[];
  readonly users: readonly AuthToken[];
  /** Null for `local`. */
  readonly address: HbaAddress | null;
  /** The method in effect: `ident` on a local line is `peer`. */
  readonly method: string;
  readonly methodToken: AuthToken;
  readonly options: readonly HbaOption[];
  /** What the view shows of the options. */
  readonly shownOptions: readonly string[];
}

/** pg_hba.conf with all that it includes. */
export interface HbaFile {
  readonly source: Source;
  readonly version: Version;
  readonly records: readonly AuthRecord[];
  readonly lines: readonly HbaLine[];
  readonly problems: readonly AnyHbaProblem[];
  /** False where the server would not start with the file. */
  readonly accepts: boolean;
}

/** load_hba(): every record is looked at, and one that is wrong makes the server refuse the file. */
export function readHba(files: FileSet, source: Source, facts: HbaFacts): HbaFile {
  const records = readAuthFile(files, source, facts.version);
  const lines: HbaLine[] = [];
  const problems: AnyHbaProblem[] = [];
  for (const record of records) {
    if (record.messages.length > 0) problems.push(...fileProblems(record));
    if (record.error !== null || record.fields.length === 0) continue;
    const parsed = parseHbaRecord(record, facts);
    problems.push(...parsed.problems);
    if (parsed.line) lines.push(parsed.line);
  }
  const refused = problems.some(({ server }) => server.effect === "refuses");
  if (!refused && lines.length === 0 && !records.some(({ unknown }) => unknown)) {
    const message = `configuration file "${source.path}" contains no entries`;
    const server = { effect: "refuses", when: "read", message } as const;
    const place = { source, span: { start: 0, end: 0 } };
    problems.push({ kind: "hba/no-entries", place, server, record: null, token: null, shown: null });
    return { source, version: facts.version, records, lines, problems, accepts: false };
  }
  return { source, version: facts.version, records, lines, problems, accepts: !refused };
}

/** What the server logs while it puts a record together, before it looks at its fields. */
export function* fileProblems(record: AuthRecord): Generator<AnyHbaProblem> {
  const { place, error } = record;
  for (const [index, { text: message, includedFrom }] of record.messages.entries()) {
    // The last of them is the error, as nothing is read after it.
    const refuses = error !== null && index === record.messages.length - 1;
    const server = { effect: refuses ? "refuses" : "ignored", when: "read", message } as const;
    yield {
      kind: "hba/file",
      place,
      server,
      record,
      token: null,
      shown: refuses ? error : null,
      includedFrom,
    };
  }
}
