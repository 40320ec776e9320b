import type { Host } from "../host/facts.ts";
import type { Workload } from "../host/workload.ts";
import type { FileSet } from "../text/files.ts";
import type { Source } from "../text/source.ts";
import type { Conf } from "./conf.ts";
import type { ConfProblem } from "./conf-problems.ts";
import type { HbaFile } from "./hba.ts";
import type { AnyHbaProblem } from "./hba-problems.ts";
import type { IdentFile } from "./ident.ts";
import type { FileKind } from "./kinds.ts";
import type { Pooler } from "./pooler.ts";
import type { PoolerAccess } from "./pooler-access.ts";
import type { PoolerProblem } from "./pooler-problems.ts";
import type { Target } from "./target.ts";

/** Everything that a server would say about the files, told apart by `kind`. */
export type AnyProblem = ConfProblem | AnyHbaProblem | PoolerProblem;
export type ProblemKind = AnyProblem["kind"];

/** The documents of one server, resolved: includes followed, duplicates decided, its pooler beside it. */
export interface Cluster {
  readonly target: Target;
  readonly files: FileSet;
  /** The files that belong to it, as they were told apart. */
  readonly kinds: ReadonlyMap<Source, FileKind>;
  readonly conf: Conf | undefined;
  readonly hba: HbaFile | undefined;
  readonly ident: IdentFile | undefined;
  readonly pooler: Pooler | undefined;
  /** Who may log in to the pooler: its userlist, auth_hba_file and auth_ident_file. */
  readonly poolerAccess: PoolerAccess | undefined;
  readonly host: Host;
  readonly workload: Workload;
  /** The server that this one is a standby of, where the same run has it. */
  readonly primary: Cluster | undefined;
  readonly hasPostgres: boolean;
  readonly hasPooler: boolean;
  problems<K extends ProblemKind>(kind: K): readonly Extract<AnyProblem, { kind: K }>[];
}

/** Every file that was read, the included ones as well, with what it is. */
export function filesRead({ kinds, conf, hba, ident, pooler }: Cluster): Map<Source, FileKind> {
  const read = new Map(kinds);
  const add = (source: Source, kind: FileKind) => read.has(source) || read.set(source, kind);
  for (const { source } of conf?.documents ?? []) add(source, "postgresql.conf");
  for (const { source } of hba?.records ?? []) add(source, "pg_hba.conf");
  for (const { source } of ident?.records ?? []) add(source, "pg_ident.conf");
  for (const { source } of pooler?.documents ?? []) add(source, "pgbouncer.ini");
  return read;
}
