import { declaredIn, type LintInput } from "../api/lint.ts";
import { type Config, loadConfig } from "../node/config.ts";
import { findServers, type ServerFiles } from "../node/discover.ts";
import { diskFiles } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { type FileSet, fileSet } from "../text/files.ts";
import { type Args, text } from "./args.ts";
import type { Io } from "./io.ts";

/** One server's files with the target that they are judged for. */
export interface ServerInput {
  readonly files: FileSet;
  readonly silent: readonly string[];
  readonly target: NonNullable<LintInput["target"]>;
}

/** What the command line names: paths, standard input, or the working directory. */
export function readInput(args: Args, io: Io): ServerInput[] {
  const config = loadConfig(text(args, "config"), io.cwd);
  const paths = args.paths.length > 0 ? args.paths : ["."];
  const servers: ServerInput[] = [];
  if (paths.includes("-")) servers.push(fromStdin(args, io, config));
  for (const server of findServers(
    paths.filter((path) => path !== "-"),
    io.cwd,
  )) {
    const files = diskFiles(server.roots, io.cwd);
    for (const path of server.roots) {
      const source = files.read(path);
      if (typeof source === "string" && !server.silent.includes(path))
        throw new UserError(`${path}: ${source}`);
    }
    servers.push({ files, silent: server.silent, target: targetOf(args, config, server, files) });
  }
  return servers;
}

function fromStdin(args: Args, io: Io, config: Config | undefined): ServerInput {
  const path = text(args, "stdin-filename") ?? "stdin";
  const files = fileSet([{ path, text: io.stdin() }]);
  return { files, silent: [], target: targetOf(args, config, { roots: [path], silent: [] }, files) };
}

/** --postgres, then pgconflint.ini, then a comment on top of a file, then PG_VERSION, then the path. */
function targetOf(
  args: Args,
  config: Config | undefined,
  server: ServerFiles,
  files: FileSet,
): ServerInput["target"] {
  const pick = (key: "postgres" | "pgbouncer") => {
    const asked = text(args, key);
    if (asked !== undefined) return { version: asked, from: `--${key}` };
    const configured = config?.target[key];
    if (configured !== undefined) return { version: configured, from: "pgconflint.ini" };
    const declared = declaredIn(files)[key] !== undefined;
    return key === "postgres" && !declared ? server.postgres : undefined;
  };
  const postgres = pick("postgres");
  const pgbouncer = pick("pgbouncer");
  return {
    ...(postgres && { postgres: postgres.version }),
    ...(pgbouncer && { pgbouncer: pgbouncer.version }),
    from: { ...(postgres && { postgres: postgres.from }), ...(pgbouncer && { pgbouncer: pgbouncer.from }) },
  };
}
