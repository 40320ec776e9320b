import { parsePostgresVersion } from "../catalog/version.ts";
import { baseName, NOT_FOLLOWED } from "../text/files.ts";
import type { Disk } from "./disk.ts";
import { placedElsewhere } from "./elsewhere.ts";
import { type Owner, ownersOn } from "./owner.ts";
import { UserError } from "./problem.ts";

/** The files of one server, as found on the disk. */
export interface ServerFiles {
  /** What tells it from the other servers of a run: its directory; of a file on its own, the file. */
  readonly name: string;
  /** Main file first; paths as the user would write them. */
  readonly roots: readonly string[];
  /** The roots that the user asked about; the others are there only to judge these by. */
  readonly asked: readonly string[];
  /** A file with a name of its own, such as conf.d/10-memory.conf: part of a server, or a copy of something. */
  readonly fragment: boolean;
  readonly standby: boolean;
  /** The release, where a file or a path tells it. */
  readonly postgres?: { readonly version: string; readonly from: string };
  /** Its data directory, where one of the files tells it. */
  readonly data?: string;
}

const MAIN = "postgresql.conf";
const OF_POSTGRES = [
  MAIN,
  "postgresql.auto.conf",
  "pg_hba.conf",
  "pg_ident.conf",
  "recovery.conf",
  "standby.signal",
  "recovery.signal",
];
const OF_POOLER = ["pgbouncer.ini", "userlist.txt"];
const KNOWN = [...OF_POSTGRES, ...OF_POOLER];

const isStandbySignal = (path: string): boolean =>
  ["standby.signal", "recovery.conf"].includes(baseName(path));

/** A directory without any configuration. */
export class NothingFound extends UserError {}

type Warn = (line: string) => void;

/**
 * What the paths of the command line mean: files, data directories, /etc/postgresql, or any tree with such files.
 * A file or directory that is hidden is found neither in a tree nor beside a named file.
 */
export function findServers(
  paths: readonly string[],
  everything: Disk,
  warn: Warn,
  isHidden: (path: string) => boolean = () => false,
): ServerFiles[] {
  const disk = withoutHidden(everything, isHidden);
  const found = new Map<string, ServerFiles[]>();
  const named = new Map<string, string>();
  for (const path of paths) {
    const seen = disk.look(path);
    if (seen === NOT_FOLLOWED)
      throw new UserError(`${path}: outside of the repository; --follow=anywhere reads it`);
    if (typeof seen === "string") throw new UserError(`${path || '""'}: ${seen}`);
    if (!seen.directory) named.set(disk.absolute(path), path);
    else
      for (const [directory, servers] of below(path, disk, everything, warn))
        found.set(disk.absolute(directory), servers);
  }
  const servers = withoutParts([...found.values()].flat(), disk);
  if (named.size > 0)
    for (const { roots } of servers) for (const root of roots) named.delete(disk.absolute(root));
  return namedOneByOne([...named.values()], servers, disk);
}

function withoutHidden(disk: Disk, isHidden: (path: string) => boolean): Disk {
  return {
    ...disk,
    entries(directory) {
      const found = disk.entries(directory);
      if (typeof found === "string") return found;
      const isShown = (name: string) => !isHidden(inside(directory, name));
      return {
        // Other files are no concern of a search.
        files: new Set([...found.files].filter((name) => !KNOWN.includes(name) || isShown(name))),
        directories: found.directories.filter(isShown),
      };
    },
  };
}

/** A data directory that the server's other files are not in, as Debian has it, is found twice. */
function withoutParts(servers: readonly ServerFiles[], disk: Disk): readonly ServerFiles[] {
  if (!servers.some((server) => server instanceof ServerInDirectory && server.isElsewhere)) return servers;
  const owner = new Map<string, ServerFiles>();
  for (const server of servers)
    for (const path of server.roots.map(disk.absolute)) {
      const other = owner.get(path);
      if (!other || server.roots.length > other.roots.length) owner.set(path, server);
    }
  return servers.filter((server) => server.roots.some((path) => owner.get(disk.absolute(path)) === server));
}

/** A file of any name is judged in the server that includes it; where there is none, it is a fragment, and comes last. */
function namedOneByOne(paths: readonly string[], found: readonly ServerFiles[], disk: Disk): ServerFiles[] {
  const directories = new Map<string, string[]>();
  for (const path of paths.filter(isKnown)) {
    const directory = folderOf(path);
    directories.set(directory, [...(directories.get(directory) ?? []), path]);
  }
  const amongThem = [...directories].flatMap(([directory, named]) => {
    disk.forget();
    return amongNeighbours(directory, named, disk);
  });
  const servers = [...found, ...amongThem];
  const fragments: ServerFiles[] = [];
  const ownerOf = ownersOn(disk, (directory) =>
    [OF_POSTGRES, OF_POOLER].flatMap((group) => serversWith(directory, group, disk)),
  );
  for (const path of paths.filter((each) => !isKnown(each))) {
    const owner = ownerOf(path, folderOf(path));
    if (owner) addTo(servers, owner, disk);
    else fragments.push(fragmentOf(path, disk));
  }
  return [...servers, ...fragments];
}

function serversWith(directory: string, group: readonly string[], disk: Disk): ServerFiles[] {
  const there = filesIn(directory, disk);
  const names = group.filter((name) => there.has(name));
  return names.length === 0 ? [] : serversOf(directory, names, disk);
}

/** Asks about one more file of a server, which others may have been asked about already. */
function addTo(servers: ServerFiles[], { server, name }: Owner<ServerFiles>, disk: Disk): void {
  const [main = ""] = server.roots.map(disk.absolute);
  const at = servers.findIndex(({ roots }) => roots.some((path) => disk.absolute(path) === main));
  const known = servers[at];
  if (known) servers[at] = { ...whole(known), asked: [...known.asked, name] };
  else servers.push({ ...whole(server), asked: [name] });
}

const isKnown = (path: string) => KNOWN.includes(baseName(path));
/** As the user wrote it: `./a.conf` is in `.`, and so is `a.conf`. */
const folderOf = (path: string) => (/^\/[^/]*$/.test(path) ? "/" : (/^(.*)\//s.exec(path)?.[1] ?? "."));
const fragmentOf = (path: string, disk: Disk): ServerFiles => ({
  name: path,
  roots: [path],
  asked: [path],
  fragment: true,
  standby: false,
  ...versionOf(folderOf(path), disk),
});

/** The servers in a directory and below it; none at all, not even a hidden one, is a mistake of the user's. */
function below(
  path: string,
  disk: Disk,
  everything: Disk,
  warn: Warn,
): [directory: string, servers: ServerFiles[]][] {
  const directory = path.replace(/(?<=.)\/+$/, "");
  const found = [...walk(directory, disk, warn, { directories: 0 })];
  if (found.length > 0 || !walk(directory, everything, () => {}, { directories: 0 }).next().done)
    return found;
  const wanted = [MAIN, "pg_hba.conf", "pg_ident.conf", ...OF_POOLER].join(", ");
  throw new NothingFound(`${path}: none of ${wanted} is in it or below it; name other files one by one`);
}

/** A whole disk has more, and nobody wants to wait for it. */
const MOST_DIRECTORIES = 100_000;

/** Every directory from `directory` down that has files of a server, in byte order. */
function* walk(
  directory: string,
  disk: Disk,
  warn: Warn,
  walked: { directories: number },
  isTop = true,
): Generator<[directory: string, servers: ServerFiles[]]> {
  if (++walked.directories > MOST_DIRECTORIES)
    throw new UserError(`${directory}: more than ${MOST_DIRECTORIES} directories; name those that matter`);
  const entries = disk.entries(directory);
  if (typeof entries === "string") {
    if (isTop) throw new UserError(`${directory}: ${entries}`);
    warn(`${directory}: ${entries}; skipped`);
    return;
  }
  const names = KNOWN.filter((name) => entries.files.has(name));
  if (names.length > 0) yield [directory, serversOf(directory, names, disk)];
  disk.forget();
  const isData = entries.files.has("PG_VERSION");
  for (const name of entries.directories)
    if (!isSkipped(name, isData)) yield* walk(inside(directory, name), disk, warn, walked, false);
}

/** What a data directory holds apart from configuration, most of it large. */
const DATA = /^(?:base|global|log|pg_.+)$/;

/** Where no server is; `lost+found` of a disk's own may be read by root alone. */
const NO_SERVER: ReadonlySet<string> = new Set([".git", "node_modules", "lost+found"]);

/** `..2026_11_21` is where Kubernetes keeps what the links beside it lead to. */
const isSkipped = (name: string, isData: boolean) =>
  NO_SERVER.has(name) || name.startsWith("..") || (isData && DATA.test(name));

const inside = (directory: string, name: string) => {
  if (directory === ".") return name;
  return directory.endsWith("/") ? `${directory}${name}` : `${directory}/${name}`;
};

/** One of maybe thousands that are waiting for their turn: it keeps names, and makes paths of them when it is asked. */
class ServerInDirectory implements ServerFiles {
  readonly name: string;
  readonly fragment = false;
  readonly postgres?: NonNullable<ServerFiles["postgres"]>;
  readonly data?: string;
  readonly #names: readonly string[];
  readonly #elsewhere: readonly string[];

  constructor(
    directory: string,
    names: readonly string[],
    elsewhere: readonly string[],
    { postgres, data }: Pick<ServerFiles, "postgres" | "data">,
  ) {
    this.name = directory;
    this.#names = names;
    this.#elsewhere = elsewhere;
    if (postgres) this.postgres = postgres;
    if (data !== undefined) this.data = data;
  }

  get roots(): readonly string[] {
    return [...this.#names.map((name) => inside(this.name, name)), ...this.#elsewhere];
  }
  get asked(): readonly string[] {
    return this.roots;
  }
  get standby(): boolean {
    return this.roots.some(isStandbySignal);
  }
  get isElsewhere(): boolean {
    return this.#elsewhere.length > 0;
  }
}

/** All of it at once, as a thread has to be told. */
export const whole = ({
  name,
  roots,
  asked,
  fragment,
  standby,
  postgres,
  data,
}: ServerFiles): ServerFiles => ({
  name,
  roots,
  asked,
  fragment,
  standby,
  ...(postgres && { postgres }),
  ...(data !== undefined && { data }),
});

/** A server with the files of a directory; one that postgresql.conf has put elsewhere leaves its namesake alone. */
function serversOf(directory: string, names: readonly string[], disk: Disk): ServerFiles[] {
  const { replaced, files, data } = names.includes(MAIN)
    ? placedElsewhere(inside(directory, MAIN), disk)
    : { replaced: [], files: [], data: undefined };
  const postgres = (data && pgVersion(data, disk)) || versionOf(directory, disk).postgres;
  const home = data ?? (filesIn(directory, disk).has("PG_VERSION") ? directory : undefined);
  const facts = { ...(postgres && { postgres }), ...(home && { data: home }) };
  const mine = names.filter((name) => !replaced.includes(name));
  const alone = names.filter((name) => replaced.includes(name)).map((name) => inside(directory, name));
  return [
    new ServerInDirectory(directory, mine, files, facts),
    ...alone.map((path) => ({
      name: path,
      roots: [path],
      asked: [path],
      fragment: false,
      standby: false,
      ...facts,
    })),
  ];
}

/** Files named one by one are judged among their neighbours, and only they are asked about. */
function amongNeighbours(directory: string, named: readonly string[], disk: Disk): ServerFiles[] {
  const there = filesIn(directory, disk);
  const asked = new Set(named.map(baseName));
  const groups = [OF_POSTGRES, OF_POOLER].filter((group) => group.some((name) => asked.has(name)));
  const names = groups.flat().filter((name) => there.has(name) || asked.has(name));
  const asWritten = (path: string) =>
    named.find((other) => disk.absolute(other) === disk.absolute(path)) ?? path;
  return serversOf(directory, names, disk)
    .map((server) => ({ ...whole(server), roots: server.roots.map(asWritten) }))
    .map((server) => ({ ...server, asked: server.roots.filter((path) => named.includes(path)) }))
    .filter((server) => server.asked.length > 0);
}

function filesIn(directory: string, disk: Disk): ReadonlySet<string> {
  const entries = disk.isInside(directory) ? disk.entries(directory) : NOT_FOLLOWED;
  return typeof entries === "string" ? new Set() : entries.files;
}

function versionOf(directory: string, disk: Disk): Pick<ServerFiles, "postgres"> {
  const version = pgVersion(directory, disk) ?? versionOfPath(disk.absolute(directory));
  return version ? { postgres: version } : {};
}

/** The release of a data directory. */
function pgVersion(directory: string, disk: Disk): ServerFiles["postgres"] {
  if (!filesIn(directory, disk).has("PG_VERSION")) return undefined;
  const source = disk.read(inside(directory, "PG_VERSION"));
  return typeof source === "string" ? undefined : { version: source.text.trim(), from: "PG_VERSION" };
}

/** /etc/postgresql/16/main, /var/lib/pgsql/16/data, /opt/homebrew/var/postgresql@16, /usr/pgsql-16 … */
function versionOfPath(path: string): ServerFiles["postgres"] {
  const version = /(?:^|[/_-])(?:postgres(?:ql)?|pgsql|pg)[-/@]?(\d{2})(?:\/|$)/.exec(path)?.[1];
  return version && parsePostgresVersion(version) ? { version, from: "path" } : undefined;
}
