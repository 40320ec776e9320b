import { readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { parsePostgresVersion } from "../catalog/version.ts";
import { readConf } from "../syntax/postgresql-conf.ts";
import { baseName } from "../text/files.ts";
import { sourceOf } from "../text/source.ts";
import { readRegularFile } from "./disk.ts";
import { UserError } from "./problem.ts";

/** The files of one server, as found on the disk. */
export interface ServerFiles {
  /** Main file first; paths as the user would write them. */
  readonly roots: readonly string[];
  /** Files that are only there to judge the others by; nothing is reported about them. */
  readonly silent: readonly string[];
  /** The release, where a file or a path tells it. */
  readonly postgres?: { readonly version: string; readonly from: string };
}

/** Directories that hold no configuration, and may be large. */
const SKIPPED = new Set([
  ".git",
  "node_modules",
  "base",
  "global",
  "pg_wal",
  "pg_xact",
  "pg_xlog",
  "pg_tblspc",
  "pg_multixact",
  "pg_subtrans",
  "pg_stat_tmp",
  "log",
  "pg_log",
]);

const MAIN = "postgresql.conf";
const OF_A_SERVER = [
  MAIN,
  "postgresql.auto.conf",
  "pg_hba.conf",
  "pg_ident.conf",
  "recovery.conf",
  "standby.signal",
  "recovery.signal",
  "pgbouncer.ini",
  "userlist.txt",
];

/** What the paths of the command line mean: files, data directories, /etc/postgresql, or any tree with such files. */
export function findServers(paths: readonly string[], cwd: string): ServerFiles[] {
  const named = new Map<string, string[]>();
  const servers: ServerFiles[] = [];
  for (const path of paths) {
    const stat = statSync(absolute(cwd, path), { throwIfNoEntry: false });
    if (!stat) throw new UserError(`${path}: no such file or directory`);
    if (stat.isDirectory()) {
      const found = walk(path.replace(/(?<=.)\/+$/, ""), cwd);
      if (found.length === 0)
        throw new UserError(
          `${path}: there is no postgresql.conf, pg_hba.conf, pg_ident.conf, pgbouncer.ini or userlist.txt below it`,
        );
      servers.push(...found);
    } else named.set(dirname(path), [...(named.get(dirname(path)) ?? []), path]);
  }
  for (const [directory, files] of named) servers.push(...namedFiles(directory, files, cwd));
  return servers;
}

const absolute = (cwd: string, path: string) => (path.startsWith("/") ? path : join(cwd, path));
const inside = (directory: string, name: string) => (directory === "." ? name : `${directory}/${name}`);

/** Every directory below `directory` that has files of a server, in byte order. */
function walk(directory: string, cwd: string, depth = 0): ServerFiles[] {
  const entries = entriesOf(absolute(cwd, directory));
  const files = OF_A_SERVER.filter((name) => entries.files.has(name));
  const servers = files.length > 0 ? [server(directory, files, [], cwd)] : [];
  if (depth >= 32) return servers;
  for (const name of entries.directories)
    if (!SKIPPED.has(name)) servers.push(...walk(inside(directory, name), cwd, depth + 1));
  return servers;
}

function entriesOf(directory: string): { files: Set<string>; directories: string[] } {
  try {
    const entries = readdirSync(directory, { withFileTypes: true });
    // Links to directories are not followed: they may lead in a circle. Links to files are files.
    const directories = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
    return {
      files: new Set(entries.filter((entry) => !entry.isDirectory()).map(({ name }) => name)),
      directories: directories.sort(),
    };
  } catch {
    return { files: new Set(), directories: [] };
  }
}

/** Files named one by one are judged among their neighbours, and only they are reported. */
function namedFiles(directory: string, paths: readonly string[], cwd: string): ServerFiles[] {
  const names = paths.map(baseName);
  const known = names.filter((name) => OF_A_SERVER.includes(name));
  const servers = known.length > 0 ? [server(directory, neighbours(directory, known, cwd), known, cwd)] : [];
  // A file with a name of its own stands alone: a fragment, a copy, a template.
  for (const path of paths)
    if (!OF_A_SERVER.includes(baseName(path)))
      servers.push({ roots: [path], silent: [], ...versionOf(directory, cwd) });
  return servers;
}

function neighbours(directory: string, known: readonly string[], cwd: string): string[] {
  const { files } = entriesOf(absolute(cwd, directory));
  const pooler = known.some((name) => /^(?:pgbouncer|userlist)/.test(name));
  const postgres = known.some((name) => !/^(?:pgbouncer|userlist)/.test(name));
  return OF_A_SERVER.filter((name) => {
    if (known.includes(name)) return true;
    return files.has(name) && (/^(?:pgbouncer|userlist)/.test(name) ? pooler : postgres);
  });
}

function server(
  directory: string,
  names: readonly string[],
  reported: readonly string[],
  cwd: string,
): ServerFiles {
  const roots = names.map((name) => inside(directory, name));
  const silent =
    reported.length === 0
      ? []
      : names.filter((name) => !reported.includes(name)).map((name) => inside(directory, name));
  const elsewhere = names.includes(MAIN)
    ? namedInside(inside(directory, MAIN), roots, cwd)
    : { files: [], version: undefined };
  return {
    roots: [...roots, ...elsewhere.files],
    silent: reported.length === 0 ? silent : [...silent, ...elsewhere.files],
    ...(elsewhere.version ? { postgres: elsewhere.version } : versionOf(directory, cwd)),
  };
}

/** Files that postgresql.conf says are elsewhere, as Debian has them: the data directory's, the hba and ident file. */
function namedInside(main: string, roots: readonly string[], cwd: string) {
  const bytes = readRegularFile(absolute(cwd, main));
  const settings = new Map<string, string>();
  if (typeof bytes !== "string")
    for (const { name, value } of readConf(sourceOf(main, bytes)).entries)
      settings.set(name.toLowerCase(), value);
  const data = settings.get("data_directory");
  const candidates = [
    data && `${data}/postgresql.auto.conf`,
    settings.get("hba_file"),
    settings.get("ident_file"),
  ];
  const files = candidates.filter((path): path is string => {
    if (!path?.startsWith("/") || roots.some((root) => absolute(cwd, root) === path)) return false;
    return typeof readRegularFile(path) !== "string";
  });
  return { files, version: data?.startsWith("/") ? pgVersion(data) : undefined };
}

function versionOf(directory: string, cwd: string): Pick<ServerFiles, "postgres"> {
  const full = absolute(cwd, directory);
  const version = pgVersion(full) ?? versionOfPath(full);
  return version ? { postgres: version } : {};
}

/** The release of a data directory. */
function pgVersion(directory: string): ServerFiles["postgres"] {
  const bytes = readRegularFile(join(directory, "PG_VERSION"));
  if (typeof bytes === "string") return undefined;
  const version = new TextDecoder().decode(bytes.subarray(0, 16)).trim();
  return parsePostgresVersion(version) && { version, from: "PG_VERSION" };
}

/** /etc/postgresql/16/main, /var/lib/pgsql/16/data, postgresql-16 … */
function versionOfPath(path: string): ServerFiles["postgres"] {
  const version = /(?:postgres(?:ql)?|pgsql|pg)[-/](\d{2})(?:\/|$)/.exec(path)?.[1];
  return version && parsePostgresVersion(version) ? { version, from: "path" } : undefined;
}
