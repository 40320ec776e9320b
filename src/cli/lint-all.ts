import { type LintFilesInput, lintFiles } from "../api/lint-files.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Timer } from "../engine/lint.ts";
import type { Report } from "../engine/report.ts";
import { type Disk, filesOn } from "../node/disk.ts";
import { mergeReports, onlyFiles } from "../report/select.ts";
import type { Circumstances } from "./circumstances.ts";
import type { Input, ServerInput } from "./input.ts";

/** One report about all servers, and what it was made from. */
export interface LintedAll {
  readonly report: Report;
  readonly clusters: readonly Cluster[];
  readonly settings: number;
}

/** A fragment that a server includes has been judged there, where it counts. */
export function lintAll(
  { servers, disk, isExcluded }: Input,
  circumstances: Circumstances & Pick<LintFilesInput, "rulebook">,
  timer?: Timer,
): LintedAll {
  const asked = new Set(servers.flatMap((server) => server.asked.map(disk.absolute)));
  const done = new Set<string>();
  const reports: Report[] = [];
  const clusters: Cluster[] = [];
  let settings = 0;
  for (const server of servers) {
    if (server.fragment && server.asked.every((path) => done.has(disk.absolute(path)))) continue;
    const { report, cluster, checked } = lintFiles(server.files, {
      ...circumstances,
      target: server.target,
      primary: primaryOf(server, servers)?.files,
      ...(timer && { timer }),
    });
    const shown = onlyFiles(report, filesToShow(report, server, asked, disk, isExcluded));
    for (const { path } of shown.files) done.add(disk.absolute(path));
    settings += checked.settings;
    reports.push(shown);
    clusters.push(cluster);
  }
  if (servers.length === 0) reports.push(lintFiles(filesOn(disk, []), circumstances).report);
  return { report: mergeReports(reports), clusters, settings };
}

/** Where a run has one primary, its standbys are held against it. */
function primaryOf(server: ServerInput, servers: readonly ServerInput[]): ServerInput | undefined {
  if (!server.standby) return undefined;
  const primaries = servers.filter(({ standby, fragment }) => !standby && !fragment);
  return primaries.length === 1 ? primaries[0] : undefined;
}

/** What was asked about and what that includes; not the neighbours that were read to judge it. */
function filesToShow(
  report: Report,
  { files, asked }: ServerInput,
  askedAnywhere: ReadonlySet<string>,
  disk: Disk,
  isExcluded: Input["isExcluded"],
): Set<string> {
  const roots = new Set(files.paths);
  const isAsked = (path: string) => roots.has(path) && asked.includes(path);
  const kinds = new Set(report.files.filter(({ path }) => isAsked(path)).map(({ kind }) => kind));
  const isShown = ({ path, kind }: Report["files"][number]) =>
    !isExcluded(path) && (askedAnywhere.has(disk.absolute(path)) || (!roots.has(path) && kinds.has(kind)));
  return new Set(report.files.filter(isShown).map(({ path }) => path));
}
