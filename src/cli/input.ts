import type { LintInput } from "../api/lint.ts";
import { declaredIn } from "../api/lint-files.ts";
import { nearestName } from "../catalog/nearest.ts";
import { resolveTarget, TargetError } from "../cluster/target.ts";
import { type Config, loadConfig } from "../node/config.ts";
import { findServers, type ServerFiles } from "../node/discover.ts";
import { type Disk, filesOn, openDisk } from "../node/disk.ts";
import { type FenceInput, fenceFor } from "../node/fence.ts";
import { UserError } from "../node/problem.ts";
import { ruleIds } from "../rules/ids.ts";
import { baseName, type FileSet, NOT_FOLLOWED } from "../text/files.ts";
import { type Args, text } from "./args.ts";
import { type Io, say } from "./io.ts";
import { COMMANDS } from "./options.ts";

/** What the command line names. */
export interface Input {
  readonly disk: Disk;
  readonly config: Config | undefined;
  readonly servers: readonly ServerInput[];
  /** Does one of the files come on standard input? */
  readonly piped: boolean;
}

/** One server's files with the target that they are judged for. */
export interface ServerInput extends Pick<ServerFiles, "asked" | "fragment" | "data"> {
  readonly files: FileSet;
  readonly target: NonNullable<LintInput["target"]>;
  /** Is it a standby? */
  readonly standby: boolean;
}

/** Paths, standard input, or the working directory. */
export function readInput(args: Args, io: Io): Input {
  const config = loadConfig(text(args, "config"), io.cwd, ruleIds);
  const paths = args.paths.length > 0 ? args.paths : ["."];
  const stdin = paths.includes("-") ? fromStdin(args, io) : undefined;
  const named = paths.map((path) => (path === "-" && stdin ? stdin.path : path));
  const disk = openDisk(io.cwd, stdin, fenceFor(named, fenceInput(args, io)));
  suggestCommand(named[0], disk);
  const servers = findServers(named, disk, (line) => say(io, line));
  return {
    disk,
    config,
    piped: stdin !== undefined,
    servers: servers.map(({ roots, asked, fragment, postgres, data }) => {
      const files = filesOn(disk, roots);
      for (const path of asked) {
        const source = disk.read(path);
        if (source === NOT_FOLLOWED) throw new UserError(outside(path));
        if (typeof source === "string") throw new UserError(`${path}: ${source}`);
      }
      const standby = roots.some((path) => STANDBY.has(baseName(path)));
      const target = targetOf(args, config, postgres, files);
      return { files, asked, fragment, standby, target, ...(data && { data }) };
    }),
  };
}

const fenceInput = (args: Args, { cwd, env }: Io): FenceInput => {
  const follow = text(args, "follow");
  return {
    cwd,
    follow: follow === "tree" || follow === "anywhere" ? follow : undefined,
    ci: Boolean(env.CI),
  };
};

const outside = (path: string) => `${path}: outside of the repository; --follow=anywhere reads it`;

/** Names what was left alone; whoever sees no finding in it is not to think that it was looked at. */
export function tellRefused({ disk }: Input, io: Io): void {
  for (const path of disk.refused)
    say(io, `${path}: outside of the repository, so it is not read; --follow=anywhere reads it`);
}

/** For an answer that would depend on it. */
export function wantAll({ refused }: Disk): void {
  for (const path of refused) throw new UserError(outside(path));
}

/** The one data directory that the files are of. */
export function dataDirectoryOf({ disk, servers }: Input): string | undefined {
  const [data, ...others] = new Set(servers.flatMap((server) => server.data ?? []).map(disk.absolute));
  return others.length === 0 ? data : undefined;
}

const STANDBY: ReadonlySet<string> = new Set(["standby.signal", "recovery.conf"]);

/** With its name, standard input is judged as the file of that name would be, among its neighbours. */
function fromStdin(args: Args, io: Io): { path: string; bytes: Uint8Array } {
  const bytes = io.stdin();
  if (typeof bytes === "string") throw new UserError(`standard input: ${bytes}`);
  return { path: text(args, "stdin-filename") ?? "stdin", bytes };
}

/** `pgconflint chek` is a slip of the finger rather than a file that went missing. */
function suggestCommand(path: string | undefined, disk: Disk): void {
  const command = path === undefined || disk.has(path) ? undefined : nearestName(path, Object.keys(COMMANDS));
  if (command) throw new UserError(`${path}: neither a command nor a file; did you mean ${command}?`);
}

/** --postgres, then pgconflint.ini, then a comment on top of a file, then PG_VERSION, then the path. */
export function targetOf(
  args: Args,
  config: Config | undefined,
  found: ServerFiles["postgres"],
  files: FileSet,
): ServerInput["target"] {
  const {
    target: declared,
    unread: [unread],
  } = declaredIn(files);
  if (unread !== undefined) throw new UserError(unread);
  const pick = (key: "postgres" | "pgbouncer") => {
    const asked = text(args, key);
    if (asked !== undefined) return { version: asked, from: `--${key}` };
    const configured = config?.target[key];
    if (configured !== undefined) return { version: configured, from: config?.path ?? "" };
    return key === "postgres" && declared[key] === undefined ? found : undefined;
  };
  const postgres = pick("postgres");
  const pgbouncer = pick("pgbouncer");
  const target = {
    ...(postgres && { postgres: postgres.version }),
    ...(pgbouncer && { pgbouncer: pgbouncer.version }),
    ...(config?.target.platform && { platform: config.target.platform }),
    from: { ...(postgres && { postgres: postgres.from }), ...(pgbouncer && { pgbouncer: pgbouncer.from }) },
  };
  try {
    resolveTarget(target, declared);
  } catch (error) {
    if (!(error instanceof TargetError) || postgres?.from.startsWith("--")) throw error;
    const who = postgres?.from === "PG_VERSION" ? "PG_VERSION beside it: " : "";
    throw new UserError(`${files.paths[0]}: ${who}${error.message}`);
  }
  return target;
}
