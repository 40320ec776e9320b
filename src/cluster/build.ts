import type { Host } from "../host/facts.ts";
import { ANY_WORKLOAD, type Workload } from "../host/workload.ts";
import { baseName, canonicalPath, type FileSet } from "../text/files.ts";
import type { Source } from "../text/source.ts";
import type { AnyProblem, Cluster, ProblemKind } from "./cluster.ts";
import { type Conf, resolveConf } from "./conf.ts";
import { type HbaFacts, readHba } from "./hba.ts";
import { readIdent } from "./ident.ts";
import { type FileKind, isMainFile, kindOf } from "./kinds.ts";
import { readPooler } from "./pooler.ts";
import { readPoolerAccess } from "./pooler-access.ts";
import type { Target } from "./target.ts";

/** What bears on a cluster besides its files. */
export interface Circumstances {
  /** `-c name=value` of the server's command line. */
  readonly options?: Readonly<Record<string, string>>;
  readonly host?: Host;
  readonly workload?: Workload;
  readonly primary?: Cluster | undefined;
}

/** Tells the root files apart and resolves each as its server does. */
export function buildCluster(
  files: FileSet,
  target: Target,
  { options = {}, host = {}, workload = ANY_WORKLOAD, primary }: Circumstances = {},
): Cluster {
  const kinds = new Map<Source, FileKind>();
  for (const path of files.paths) {
    const source = files.read(path);
    if (typeof source !== "string") kinds.set(source, kindOf(path, source.text));
  }
  const [main] = kinds.keys();
  const confSource =
    main && kinds.get(main) === "postgresql.conf" ? main : find(kinds, "postgresql.conf", isMainFile);
  const auto = find(kinds, "postgresql.auto.conf");
  const conf = confSource && resolveConf(files, { main: confSource, auto, options }, target.postgres);
  const poolerSource = find(kinds, "pgbouncer.ini");
  const pooler = poolerSource && readPooler(files, poolerSource, target.pgbouncer);
  // A pooler may have a pg_hba.conf and a pg_ident.conf of its own, in its own dialect.
  const ofServer = (path: string) =>
    !["auth_hba_file", "auth_ident_file"].some(
      (name) => pooler !== undefined && sameFile(pooler.text(name), path),
    );
  const hbaSource = find(kinds, "pg_hba.conf", ofServer);
  const hba = hbaSource && readHba(files, hbaSource, hbaFacts(conf, target));
  const identSource = find(kinds, "pg_ident.conf", ofServer);
  const ident = identSource && readIdent(files, identSource, target.postgres);
  const access = pooler && readPoolerAccess(files, pooler, find(kinds, "userlist.txt"));
  const problems = new Map<ProblemKind, AnyProblem[]>();
  for (const problem of [conf, hba, ident, pooler, access].flatMap(
    (document): readonly AnyProblem[] => document?.problems ?? [],
  )) {
    const same = problems.get(problem.kind);
    if (same) same.push(problem);
    else problems.set(problem.kind, [problem]);
  }
  return {
    target,
    files,
    kinds,
    conf,
    hba,
    ident,
    pooler,
    poolerAccess: access,
    host,
    workload,
    primary,
    hasPostgres: [conf, hba, ident].some((document) => document !== undefined),
    hasPooler: pooler !== undefined,
    problems: (kind) => (problems.get(kind) ?? []).filter((problem) => isOf(problem, kind)),
  };
}

/** What the settings say to a pg_hba.conf; without them TLS is taken to be on, so that nothing is doubted for it. */
function hbaFacts(conf: Conf | undefined, { postgres: version }: Target): HbaFacts {
  return {
    version,
    ssl: conf === undefined || conf.known("ssl")?.value !== false,
    oauthLibraries: String(conf?.get("oauth_validator_libraries")?.value ?? ""),
    userNamespace: conf?.get("db_user_namespace")?.value === true,
  };
}

/** Named in full, or by its name alone, as it lies beside the file that names it. */
const sameFile = (named: string, path: string) =>
  named !== "" && (canonicalPath(named) === canonicalPath(path) || baseName(named) === baseName(path));

function isOf<K extends ProblemKind>(
  problem: AnyProblem,
  kind: K,
): problem is Extract<AnyProblem, { kind: K }> {
  return problem.kind === kind;
}

function find(
  kinds: ReadonlyMap<Source, FileKind>,
  kind: FileKind,
  named = (_path: string) => true,
): Source | undefined {
  for (const [source, its] of kinds) if (its === kind && named(source.path)) return source;
  return undefined;
}
