import { formatIp } from "../access/address.ts";
import type { AuthRecord } from "../cluster/auth-files.ts";
import { type HbaFile, type HbaLine, readHba as readHbaFile } from "../cluster/hba.ts";
import type { AnyHbaProblem } from "../cluster/hba-problems.ts";
import { type IdentFile, readIdent } from "../cluster/ident.ts";
import { resolveTarget, type TargetInput } from "../cluster/target.ts";
import { type FileSet, fileSet } from "../text/files.ts";
import type { FileInput } from "../text/source.ts";
import { poolerReading } from "./pooler-rows.ts";

/** A row of pg_hba_file_rules, with its columns' names; those that are null are left out. */
export interface HbaRow {
  readonly rule_number?: number;
  readonly file_name?: string;
  readonly line_number: number;
  readonly type?: string;
  readonly database?: readonly string[];
  readonly user_name?: readonly string[];
  readonly address?: string;
  readonly netmask?: string;
  readonly auth_method?: string;
  readonly options?: readonly string[];
  readonly error?: string;
}

/** A row of pg_ident_file_mappings. */
export interface IdentRow {
  readonly map_number?: number;
  readonly file_name?: string;
  readonly line_number: number;
  readonly map_name?: string;
  readonly sys_name?: string;
  readonly pg_username?: string;
  readonly error?: string;
}

/** How the server reads a pg_hba.conf or a pg_ident.conf. */
export interface HbaReading {
  /**
   * False where it does not start with the file; with a pg_ident.conf it would start with an empty map.
   * PgBouncer starts with any, and rejects every login where there is no file.
   */
  readonly accepts: boolean;
  /** What it logs, in its own words. */
  readonly messages: readonly {
    readonly message: string;
    readonly hint?: string;
    readonly line: number | null;
  }[];
  readonly rows: readonly (HbaRow | IdentRow)[];
}

export interface HbaInput {
  readonly files: readonly FileInput[];
  readonly target?: TargetInput;
  readonly kind?: "hba" | "ident";
  /** Whose file it is: PgBouncer reads its auth_hba_file and auth_ident_file in its own way. */
  readonly dialect?: "postgres" | "pgbouncer";
  /** Settings of the server that decide about records; ssl is on unless told otherwise. */
  readonly settings?: { readonly ssl?: boolean; readonly oauth_validator_libraries?: string };
}

export const readHba = ({ files, ...input }: HbaInput): HbaReading => readHbaOf(fileSet(files), input);

/** The same over files from anywhere; the first is read. */
export function readHbaOf(
  files: FileSet,
  { target, kind = "hba", dialect = "postgres", settings }: Omit<HbaInput, "files">,
): HbaReading {
  const { postgres, pgbouncer } = resolveTarget(target ?? {}, {});
  const [path = ""] = files.paths;
  const source = files.read(path);
  if (dialect === "pgbouncer") return poolerReading(files, source, kind, pgbouncer);
  if (typeof source === "string") {
    const what = kind === "hba" ? "configuration" : "usermap";
    const named = postgres.major >= 16 ? "" : `${what} `;
    return {
      accepts: false,
      messages: [{ message: `could not open ${named}file "${path}": ${source}`, line: null }],
      rows: [],
    };
  }
  if (kind === "ident") {
    const file = readIdent(files, source, postgres);
    return reading(file, identRows(file));
  }
  const file = readHbaFile(files, source, {
    version: postgres,
    ssl: settings?.ssl ?? true,
    oauthLibraries: settings?.oauth_validator_libraries ?? "",
    userNamespace: false,
  });
  return reading(file, hbaRows(file));
}

const reading = (file: HbaFile | IdentFile, rows: HbaReading["rows"]): HbaReading => ({
  accepts: file.accepts,
  messages: file.problems.map(({ server: { message, hint }, record, includedFrom = [] }) => ({
    // As the log has it: which lines of which files led there stands behind the message.
    message: [message, ...includedFrom].join("\n\t"),
    ...(hint !== undefined && { hint }),
    line: record?.line ?? null,
  })),
  rows,
});

// Rows are filled in place: with a spread for each column that may be null, V8 makes a dictionary of each.
type Writable<Row> = { -readonly [Column in keyof Row]: Row[Column] };

/** Rows in the order of the file: those of records that are used, and those that only have an error. */
export const hbaRows = (file: HbaFile): HbaRow[] =>
  recordsShown(file).map(({ number, where, line, error }) => {
    const row: Writable<HbaRow> = number === undefined ? where : { rule_number: number, ...where };
    if (line) fillColumns(row, line);
    if (error !== undefined) row.error = error;
    return row;
  });

function fillColumns(row: Writable<HbaRow>, line: HbaLine): void {
  const { type, databases, users, address, method, shownOptions } = line;
  row.type = type;
  row.database = databases.map(({ text }) => text);
  row.user_name = users.map(({ text }) => text);
  if (address?.kind === "network") {
    row.address = formatIp(address.ip);
    row.netmask = formatIp(address.mask);
  } else if (address) row.address = address.kind === "name" ? address.name : address.kind;
  row.auth_method = method;
  if (shownOptions.length > 0) row.options = shownOptions;
}

export const identRows = (file: IdentFile): IdentRow[] =>
  recordsShown(file).map(({ number, where, line, error }) => {
    const row: Writable<IdentRow> = number === undefined ? where : { map_number: number, ...where };
    if (line) {
      row.map_name = line.map.text;
      row.sys_name = line.systemUser.text;
      row.pg_username = line.databaseUser.text;
    }
    if (error !== undefined) row.error = error;
    return row;
  });

interface Shown<Line> {
  readonly line: Line | undefined;
  /** Of the records that are used, from 16 on. */
  readonly number: number | undefined;
  readonly where: { file_name?: string; line_number: number };
  readonly error: string | undefined;
}

function recordsShown<Line extends { readonly record: AuthRecord }>({
  lines,
  records,
  problems,
  version: { major },
}: Pick<HbaFile, "records" | "problems" | "version"> & { readonly lines: readonly Line[] }): Shown<Line>[] {
  const wrong = new Map<AuthRecord, AnyHbaProblem>();
  for (const problem of problems) if (problem.record) wrong.set(problem.record, problem);
  let used = 0;
  return records
    .filter(({ fields, error }) => fields.length > 0 || error !== null)
    .map((record) => {
      // Both are in the order of the file.
      const line = lines[used]?.record === record ? lines[used++] : undefined;
      return {
        line,
        number: line && major >= 16 ? used : undefined,
        where:
          major >= 16
            ? { file_name: record.source.path, line_number: record.line }
            : { line_number: record.line },
        error: wrong.get(record)?.shown ?? undefined,
      };
    });
}
