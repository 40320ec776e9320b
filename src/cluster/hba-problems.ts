import type { AuthToken } from "../syntax/auth-tokens.ts";
import type { AuthRecord } from "./auth-files.ts";
import type { Problem } from "./problems.ts";

/** What is wrong with a record of pg_hba.conf or pg_ident.conf; the server's words say it in full. */
export type HbaKind =
  /** A file that cannot be read, a token or a line that is too long. */
  | "hba/file"
  | "hba/no-entries"
  | "hba/unknown-type"
  | "hba/missing-field"
  /** Several values where one is wanted. */
  | "hba/list"
  | "hba/regex"
  | "hba/address"
  | "hba/mask"
  | "hba/unknown-method"
  /** A method that does not go with the connection type. */
  | "hba/method-and-type"
  | "hba/option"
  /** A record that is read and can never be used. */
  | "hba/cannot-match"
  | "ident/record"
  | "ident/regex";

export interface HbaProblem<K extends HbaKind = HbaKind> extends Problem<K> {
  readonly record: AuthRecord | null;
  /** The token in question, where there is one. */
  readonly token: AuthToken | null;
  /** What the view shows as the record's error, null where it shows none. */
  readonly shown: string | null;
  /** The lines that led to the file in question, as the server's context tells them. */
  readonly includedFrom?: readonly string[];
}

/** The same for one kind, or for several, so that a rule can narrow them. */
export type AnyHbaProblem = { [K in HbaKind]: HbaProblem<K> }[HbaKind];
