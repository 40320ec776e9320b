import { type LintFilesInput, lintFiles } from "../api/lint-files.ts";
import type { Overview } from "../api/overview.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Timer } from "../engine/lint.ts";
import type { Report } from "../engine/report.ts";
import type { Disk } from "../node/disk.ts";
import { onlyFiles } from "../report/select.ts";
import { linesAbout, type ServerLines } from "../report/server-lines.ts";
import type { FileSet } from "../text/files.ts";
import { lineMap } from "../text/lines.ts";
import type { Circumstances } from "./circumstances.ts";
import type { ServerInput } from "./input.ts";

/** What there is to say about one server, and nothing of the texts that it was read from. */
export interface Judged {
  readonly name: string;
  readonly report: Report;
  readonly settings: number;
  readonly lines: ServerLines;
  /** Files of the report that are told only if another server of the run was asked about them. */
  readonly doubtful: readonly string[];
  readonly overview?: Overview;
  /** Files that it names and that may not be read, as far as no server before it named them. */
  readonly refused?: readonly string[];
}

/** What servers are judged by and with, the same for all of a run. */
export interface Bench extends Circumstances, Pick<LintFilesInput, "rulebook"> {
  readonly disk: Disk;
  /** What standbys are held against. */
  readonly primary: FileSet | undefined;
  readonly timer?: Timer | undefined;
  /** For pictures; without it they are not worked out. */
  readonly overviewOf?: ((cluster: Cluster) => Overview) | undefined;
}

export function judge(
  server: ServerInput,
  { disk, primary, timer, overviewOf, ...circumstances }: Bench,
): Judged {
  const { report, cluster, checked } = lintFiles(server.files, {
    ...circumstances,
    target: server.target,
    primary: server.standby ? primary : undefined,
    ...(timer && { timer }),
  });
  const { shown, doubtful } = filesToShow(report, server);
  const told = onlyFiles(report, new Set([...shown, ...doubtful]));
  return {
    name: server.name,
    report: told,
    settings: checked.settings,
    lines: linesAbout(told, (path, line) => lineOf(disk, path, line)),
    doubtful,
    ...(overviewOf && { overview: overviewOf(cluster) }),
  };
}

/** What was asked about and what that includes; not the neighbours that were read to judge it. */
function filesToShow(
  { files: read }: Report,
  { files, asked }: ServerInput,
): { shown: readonly string[]; doubtful: readonly string[] } {
  const roots = new Set(files.paths);
  const isAsked = (path: string) => roots.has(path) && asked.includes(path);
  const kinds = new Set(read.filter(({ path }) => isAsked(path)).map(({ kind }) => kind));
  const isShown = ({ path, kind }: Report["files"][number]) =>
    asked.includes(path) || (!roots.has(path) && kinds.has(kind));
  const paths = (some: Report["files"]) => some.map(({ path }) => path);
  return {
    shown: paths(read.filter(isShown)),
    doubtful: paths(read.filter((file) => !isShown(file))),
  };
}

/** The same without what nobody asked about, and what pgconflint.ini excludes. */
export function settled(
  judged: Judged,
  isAsked: (path: string) => boolean,
  isExcluded: (path: string) => boolean,
): Judged {
  const { report, doubtful } = judged;
  const left = report.files
    .map(({ path }) => path)
    .filter((path) => !isExcluded(path) && (!doubtful.includes(path) || isAsked(path)));
  if (left.length === report.files.length) return judged;
  return { ...judged, doubtful: [], report: onlyFiles(report, new Set(left)) };
}

function lineOf(disk: Disk, path: string, line: number): string | undefined {
  const source = disk.read(path);
  if (typeof source === "string") return undefined;
  const { start, end } = lineMap(source).spanOfLine(line);
  return source.text.slice(start, end);
}
