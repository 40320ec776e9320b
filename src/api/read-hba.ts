import { formatIp } from "../access/address.ts";
import type { AuthRecord } from "../cluster/auth-files.ts";
import { type HbaAddress, type HbaFile, type HbaLine, readHba as readHbaFile } from "../cluster/hba.ts";
import type { AnyHbaProblem } from "../cluster/hba-problems.ts";
import { type IdentFile, type IdentLine, readIdent } from "../cluster/ident.ts";
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

/** Rows in the order of the file: those of records that are used, and those that only have an error. */
export function hbaRows(file: HbaFile): HbaRow[] {
  const lines = new Map(file.lines.map((line) => [line.record, line]));
  let number = 0;
  return rowsOf(file, (record, where, problem) => {
    const line = lines.get(record);
    const error = problem?.shown ?? undefined;
    if (!line) return { ...where, ...(error !== undefined && { error }) };
    number++;
    return {
      ...(file.version.major >= 16 && { rule_number: number }),
      ...where,
      type: line.type,
      database: line.databases.map(({ text }) => text),
      user_name: line.users.map(({ text }) => text),
      ...addressColumns(line),
      auth_method: line.method,
      ...(line.shownOptions.length > 0 && { options: line.shownOptions }),
      ...(error !== undefined && { error }),
    };
  });
}

function addressColumns({ address }: HbaLine): { address?: string; netmask?: string } {
  if (!address) return {};
  if (address.kind === "network") return { address: formatIp(address.ip), netmask: formatIp(address.mask) };
  return { address: nameOf(address) };
}

const nameOf = (address: Exclude<HbaAddress, { kind: "network" }>) =>
  address.kind === "name" ? address.name : address.kind;

export function identRows(file: IdentFile): IdentRow[] {
  const lines = new Map<AuthRecord, IdentLine>(file.lines.map((line) => [line.record, line]));
  let number = 0;
  return rowsOf(file, (record, where, problem) => {
    const line = lines.get(record);
    if (!line) return { ...where, ...(problem?.shown && { error: problem.shown }) };
    number++;
    return {
      ...(file.version.major >= 16 && { map_number: number }),
      ...where,
      map_name: line.map.text,
      sys_name: line.systemUser.text,
      pg_username: line.databaseUser.text,
    };
  });
}

type Where = { readonly file_name?: string; readonly line_number: number };

function rowsOf<Row>(
  { records, problems, version }: HbaFile | IdentFile,
  row: (record: AuthRecord, where: Where, problem: AnyHbaProblem | undefined) => Row,
): Row[] {
  const wrong = new Map<AuthRecord, AnyHbaProblem>();
  for (const problem of problems) if (problem.record) wrong.set(problem.record, problem);
  return records
    .filter(({ fields, error }) => fields.length > 0 || error !== null)
    .map((record) => {
      const file = version.major >= 16 ? { file_name: record.source.path } : {};
      return row(record, { ...file, line_number: record.line }, wrong.get(record));
    });
}
