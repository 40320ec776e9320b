import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { lintFiles } from "../api/lint.ts";
import type { Report } from "../engine/report.ts";
import type { Disk } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { systemWords } from "../node/system-words.ts";
import { compact } from "../report/compact.ts";
import { json } from "../report/json.ts";
import { mergeReports, onlyFiles } from "../report/select.ts";
import { rules } from "../rules/index.ts";
import { lineMap } from "../text/lines.ts";
import { type Args, flag, list, text } from "./args.ts";
import { type Input, readInput, type ServerInput } from "./input.ts";
import { type ExitCode, type Io, wantsColor, wantsUnicode } from "./io.ts";

const FORMATS = ["pretty", "compact", "json"];

export async function check(args: Args, io: Io): Promise<ExitCode> {
  const outputs = formatsOf(args);
  const { input, report, settings } = await judge(args, io);
  for (const { format, file } of outputs) {
    const color = file === undefined && wantsColor(io, flag(args, "color"));
    const printed = await print(format, report, {
      color,
      unicode: wantsUnicode(io),
      settings,
      disk: input.disk,
    });
    if (file === undefined) io.stdout(printed);
    else save(file, resolve(io.cwd, file), printed);
  }
  return fails(report, text(args, "fail-on") ?? "error") ? 1 : 0;
}

/** What there is to say; after --fix, what is left of it. */
async function judge(args: Args, io: Io): Promise<Linted & { input: Input }> {
  const input = readInput(args, io);
  const level = text(args, "fix");
  const diff = flag(args, "diff") ?? false;
  if (level === undefined && !diff) return { input, ...lintAll(input) };
  const { fix } = await import("./fix.ts");
  return fix(input, { unsafe: level === "unsafe", diff }, lintAll, io);
}

/** A report, and how many settings were looked at for it. */
export interface Linted {
  readonly report: Report;
  readonly settings: number;
}

/** One report about all servers. A fragment that one of them includes has been judged there, where it counts. */
function lintAll({ servers, disk }: Input): Linted {
  const asked = new Set(servers.flatMap((server) => server.asked.map(disk.absolute)));
  const done = new Set<string>();
  const reports: Report[] = [];
  let settings = 0;
  for (const server of servers) {
    if (server.fragment && server.asked.every((path) => done.has(disk.absolute(path)))) continue;
    const { report, checked } = lintFiles(server.files, { target: server.target });
    const shown = onlyFiles(report, filesToShow(report, server, asked, disk));
    for (const { path } of shown.files) done.add(disk.absolute(path));
    settings += checked.settings;
    reports.push(shown);
  }
  return { report: mergeReports(reports), settings };
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

function formatsOf(args: Args): { format: string; file?: string }[] {
  const wanted = list(args, "format");
  // The difference has standard output for itself.
  const usual = flag(args, "diff") ? [] : ["pretty"];
  return (wanted.length > 0 ? wanted : usual).map((word) => {
    const [format = "", ...rest] = word.split("=");
    if (!FORMATS.includes(format))
      throw new UserError(`--format ${format}: not one of ${FORMATS.join(", ")}`);
    if (rest.length > 0) return { format, file: rest.join("=") };
    if (flag(args, "diff"))
      throw new UserError(`--diff and --format ${format} both want standard output; say ${format}=FILE`);
    return { format };
  });
}

interface PrintOptions {
  readonly color: boolean;
  readonly unicode: boolean;
  readonly settings: number;
  readonly disk: Disk;
}

async function print(format: string, report: Report, options: PrintOptions): Promise<string> {
  if (format === "json") return json(report);
  if (format === "compact") return compact(report);
  const { color, unicode, settings, disk } = options;
  // Loaded here, as no other format needs code frames, nor one without colour chalk.
  const { pretty } = await import("../report/pretty.ts");
  const { summary } = await import("../report/summary.ts");
  const paint = color ? (await import("../report/paint.ts")).colors() : undefined;
  const findings = pretty(report, { unicode, paint, line: (path, line) => lineOf(disk, path, line) });
  const last = summary(report, { settings, rules: rules.length });
  return findings === "" ? last : `${findings}\n${last}`;
}

function lineOf(disk: Disk, path: string, line: number): string | undefined {
  const source = disk.read(path);
  if (typeof source === "string") return undefined;
  const { start, end } = lineMap(source).spanOfLine(line);
  return source.text.slice(start, end);
}

function fails({ summary }: Report, least: string): boolean {
  const { error, warning, info } = summary;
  if (least === "never") return false;
  return error > 0 || (least !== "error" && warning > 0) || (least === "info" && info > 0);
}
