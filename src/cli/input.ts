import type { LintInput } from "../api/lint.ts";
import { declaredIn } from "../api/lint-files.ts";
import { nearestName } from "../catalog/nearest.ts";
import { resolveTarget, TargetError } from "../cluster/target.ts";
import { type Config, loadConfig } from "../node/config.ts";
import { findServers, type ServerFiles, whole } from "../node/discover.ts";
import { type Disk, filesOn, openDisk } from "../node/disk.ts";
import { type FenceInput, fenceFor } from "../node/fence.ts";
import { UserError } from "../node/problem.ts";
import { ruleIds } from "../rules/ids.ts";
import type { FileSet } from "../text/files.ts";
import { type Args, text } from "./args.ts";
import { type Io, say } from "./io.ts";
import { type LeftOut, leftOut } from "./left-out.ts";
import { COMMANDS } from "./options.ts";

/** The servers that the command line names, found but not yet read. */
export interface Plan {
  readonly disk: Disk;
  /** What the disk is fenced in to; undefined where files may lead anywhere. */
  readonly trees: readonly string[] | undefined;
  readonly config: Config | undefined;
  readonly servers: readonly ServerFiles[];
  /** Does one of the files come on standard input? */
  readonly piped: boolean;
  /** Directories that could not be searched. */
  readonly skipped: number;
  /** Nothing is told about such a file, even where another includes it. */
  isExcluded(path: string): boolean;
}

/** The same with all files read: for commands that need them at once. */
export interface Input extends Omit<Plan, "servers" | "skipped"> {
  readonly servers: readonly ServerInput[];
}

/** One server's files with the target that they are judged for. */
export interface ServerInput extends Omit<ServerFiles, "roots" | "postgres"> {
  readonly files: FileSet;
  readonly target: NonNullable<LintInput["target"]>;
}

/** They leave out what pgconflint.ini excludes, and templates; other commands take what they are given. */
const CHECKING: ReadonlySet<string> = new Set(["check", "init", "upgrade"]);
const NOTHING_LEFT_OUT: LeftOut = {
  judged: (named) => [...named],
  isHidden: () => false,
  isExcluded: () => false,
  why: () => "",
};

/** Paths, standard input, or the working directory. */
export const planInput = (args: Args, io: Io): Plan =>
  planWith(loadConfig(text(args, "config"), io.cwd, ruleIds), args, io);

/** The same under that pgconflint.ini, whatever is on the disk. */
export function planWith(config: Config | undefined, args: Args, io: Io): Plan {
  const paths = args.paths.length > 0 ? args.paths : ["."];
  const stdin = paths.includes("-") ? fromStdin(args, io) : undefined;
  const named = paths.map((path) => (path === "-" && stdin ? stdin.path : path));
  const fence = fenceFor(named, fenceInput(args, io));
  const disk = openDisk(io.cwd, stdin, fence);
  suggestCommand(named[0], disk);
  let skipped = 0;
  const skip = (line: string) => {
    skipped++;
    say(io, line);
  };
  const { judged, isHidden, isExcluded, why } = CHECKING.has(args.command)
    ? leftOut(config, disk, io)
    : NOTHING_LEFT_OUT;
  const servers = findServers(judged(named), disk, skip, isHidden);
  if (servers.length === 0) say(io, `nothing to check: ${why()}`);
  return { disk, trees: fence?.trees, config, servers, isExcluded, piped: stdin !== undefined, skipped };
}

export function readInput(args: Args, io: Io): Input {
  const { servers, ...plan } = planInput(args, io);
  return { ...plan, servers: servers.map((server) => readServer(server, args, plan)) };
}

/** A file that was asked about and cannot be read is the user's to mend. */
export function readServer(
  found: ServerFiles,
  args: Args,
  { disk, config }: Pick<Plan, "disk" | "config">,
): ServerInput {
  const { roots, postgres, ...server } = whole(found);
  for (const path of server.asked) if (!disk.isInside(path)) throw new UserError(outside(path));
  const files = filesOn(disk, roots);
  for (const path of server.asked) {
    const source = disk.read(path);
    if (typeof source === "string") throw new UserError(`${path}: ${source}`);
  }
  const target = targetOf(args, config, postgres, files);
  return { ...server, files, target };
}

/** Where a run has one primary, its standbys are held against it. */
export function onlyPrimary<Server extends Pick<ServerFiles, "standby" | "fragment">>(
  servers: readonly Server[],
): Server | undefined {
  const [primary, ...others] = servers.filter(({ standby, fragment }) => !standby && !fragment);
  return others.length === 0 ? primary : undefined;
}

/** How far files may lead. */
export const fenceInput = (args: Args, { cwd, env }: Io): FenceInput => {
  const follow = text(args, "follow");
  return {
    cwd,
    follow: follow === "tree" || follow === "anywhere" ? follow : undefined,
    ci: Boolean(env.CI),
  };
};

const outside = (path: string) => `${path}: outside of the repository; --follow=anywhere reads it`;

/** Names what was left alone; whoever sees no finding in it is not to think that it was looked at. */
export function tellRefused(paths: Iterable<string>, io: Io): void {
  for (const path of paths)
    say(io, `${path}: outside of the repository, so it is not read; --follow=anywhere reads it`);
}

/** For an answer that would depend on it. */
export function wantAll({ refused }: Disk): void {
  for (const path of refused) throw new UserError(outside(path));
}

/** The one data directory that the files are of. */
export function dataDirectoryOf({ disk, servers }: Plan | Input): string | undefined {
  let only: string | undefined;
  for (const { data } of servers) {
    const directory = data === undefined ? only : disk.absolute(data);
    if (only !== undefined && directory !== only) return undefined;
    only = directory;
  }
  return only;
}

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
