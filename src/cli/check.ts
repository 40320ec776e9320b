import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { lintFiles } from "../api/lint.ts";
import { nearestName } from "../catalog/nearest.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Report } from "../engine/report.ts";
import { SEVERITIES, type Severity } from "../engine/rule.ts";
import type { Disk } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { systemWords } from "../node/system-words.ts";
import { mergeReports, onlyFiles } from "../report/select.ts";
import { type Args, flag, list, text } from "./args.ts";
import { type Input, readInput, type ServerInput } from "./input.ts";
import { type ExitCode, type Io, wantsColor, wantsUnicode } from "./io.ts";
import { FORMATS } from "./options.ts";
import { type FormatName, isFailure, type LintedAll, printReport } from "./print-report.ts";

export async function check(args: Args, io: Io): Promise<ExitCode> {
  const outputs = formatsOf(args);
  const least = leastOf(args);
  const input = readInput(args, io);
  const linted = lintAll(input);
  for (const { format, file } of outputs) {
    const color = file === undefined && wantsColor(io, flag(args, "color"));
    const printed = await printReport(format, linted, {
      color,
      unicode: wantsUnicode(io),
      least,
      disk: input.disk,
    });
    if (file === undefined) io.stdout(printed);
    else save(file, resolve(io.cwd, file), printed);
  }
  return linted.report.findings.some(({ severity }) => isFailure(severity, least)) ? 1 : 0;
}

/** One report about all servers. A fragment that one of them includes has been judged there, where it counts. */
function lintAll({ servers, disk }: Input): LintedAll {
  const asked = new Set(servers.flatMap((server) => server.asked.map(disk.absolute)));
  const done = new Set<string>();
  const reports: Report[] = [];
  const clusters: Cluster[] = [];
  let settings = 0;
  for (const server of servers) {
    if (server.fragment && server.asked.every((path) => done.has(disk.absolute(path)))) continue;
    const { report, cluster, checked } = lintFiles(server.files, { target: server.target });
    const shown = onlyFiles(report, filesToShow(report, server, asked, disk));
    for (const { path } of shown.files) done.add(disk.absolute(path));
    settings += checked.settings;
    reports.push(shown);
    clusters.push(cluster);
  }
  return { report: mergeReports(reports), clusters, settings };
}

/** What was asked about and what that includes; not the neighbours that were read to judge it. */
function filesToShow(
  report: Report,
  { files, asked }: ServerInput,
  askedAnywhere: ReadonlySet<string>,
  disk: Disk,
): Set<string> {
  const roots = new Set(files.paths);
  const kinds = new Set(report.files.filter(({ path }) => asked.includes(path)).map(({ kind }) => kind));
  const isShown = ({ path, kind }: Report["files"][number]) =>
    askedAnywhere.has(disk.absolute(path)) || (!roots.has(path) && kinds.has(kind));
  return new Set(report.files.filter(isShown).map(({ path }) => path));
}

function save(name: string, file: string, printed: string): void {
  try {
    writeFileSync(file, printed);
  } catch (error) {
    throw new UserError(`${name || '""'}: cannot be written: ${systemWords(error)}`);
  }
}

function formatsOf(args: Args): { format: FormatName; file?: string }[] {
  const wanted = list(args, "format");
  return (wanted.length > 0 ? wanted : ["pretty"]).map((word) => {
    const [name = "", ...rest] = word.split("=");
    const format = FORMATS.find((known) => known === name);
    if (!format) {
      const near = nearestName(name, FORMATS);
      const advice = near ? `; did you mean ${near}?` : "";
      throw new UserError(`--format ${name}: not one of ${FORMATS.join(", ")}${advice}`);
    }
    return rest.length > 0 ? { format, file: rest.join("=") } : { format };
  });
}

const leastOf = (args: Args): Severity | undefined =>
  SEVERITIES.find((severity) => severity === (text(args, "fail-on") ?? "error"));
