import { loadConf } from "../cluster/conf-files.ts";
import { directoryOf } from "../text/files.ts";
import { copiedRoot, inCopy } from "./copied-root.ts";
import { type Disk, filesOn } from "./disk.ts";

/** Where a postgresql.conf has put the other files of its server. */
export interface Elsewhere {
  /** Names of the files that count in place of those beside it. */
  readonly replaced: readonly string[];
  /** The files that count, as far as they are there and may be read. */
  readonly files: readonly string[];
  /** Its data directory, if it says. */
  readonly data: string | undefined;
}

/** They make a server a standby, and are in its data directory. */
const SIGNALS = ["standby.signal", "recovery.signal", "recovery.conf"] as const;

/** Most files say nothing of the kind, and then need no reading here. */
const MAY_SAY = /^[ \t]*(?:include|data_directory|hba_file|ident_file)/im;

/** Follows data_directory, hba_file and ident_file, as Debian and many an image use them. */
export function placedElsewhere(main: string, disk: Disk): Elsewhere {
  const nothing = { replaced: [], files: [], data: undefined };
  if (!disk.isInside(main)) return nothing;
  const source = disk.read(main);
  if (typeof source === "string" || !MAY_SAY.test(source.text)) return nothing;
  const settings = new Map<string, string>();
  for (const { entry } of loadConf(filesOn(disk, [main]), source).items)
    settings.set(entry.name.toLowerCase(), entry.value);

  // A relative data_directory counts from where the server is started, which nobody here knows.
  const said = settings.get("data_directory");
  const root = copiedRoot(main, disk);
  const data = said?.startsWith("/") ? inCopy(root, said) : undefined;
  const home = data ?? directoryOf(main);
  const fromHome = (path: string | undefined) =>
    path === undefined || path === "" ? path : path.startsWith("/") ? inCopy(root, path) : `${home}/${path}`;
  const replaced: string[] = [];
  const files: string[] = [];
  for (const [name, path] of [
    ["postgresql.auto.conf", data && `${data}/postgresql.auto.conf`],
    ...SIGNALS.map((name) => [name, data && `${data}/${name}`] as const),
    ["pg_hba.conf", fromHome(settings.get("hba_file"))],
    ["pg_ident.conf", fromHome(settings.get("ident_file"))],
  ] as const) {
    if (!path || disk.absolute(path) === disk.absolute(`${directoryOf(main)}/${name}`)) continue;
    if (!disk.isInside(path) || typeof disk.read(path) === "string") continue;
    replaced.push(name);
    files.push(path);
  }
  return { replaced, files, data };
}
