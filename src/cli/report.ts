import { resolve } from "node:path";
import type { Report } from "../engine/report.ts";
import { SEVERITIES } from "../engine/rule.ts";
import { openDisk } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { readReport } from "../node/saved-report.ts";
import { hostsTable } from "../report/hosts-table.ts";
import { below } from "../report/relocated.ts";
import { mergeReports } from "../report/select.ts";
import { Tally } from "../report/tally.ts";
import { type Args, text } from "./args.ts";
import type { ExitCode, Io } from "./io.ts";
import type { Judged } from "./judge.ts";
import { REPORT_FORMATS } from "./options.ts";
import { outputsOf, print } from "./outputs.ts";
import { type FormatName, printerOf, type RunEnd } from "./printers.ts";

/** Prints saved reports as one, in any format. */
export async function report(args: Args, io: Io): Promise<ExitCode> {
  const outputs = outputsOf(args, REPORT_FORMATS, ["table"]);
  if (args.paths.length === 0)
    throw new UserError(
      "report: say which, pgconflint report [NAME=]FILE.json, as check --format json=FILE wrote it",
    );
  const saved = args.paths.map((path): Judged => {
    // The files of the report are not at hand, and what has their names here may be something else.
    return { name: path, report: savedReport(path, io), settings: 0, lines: new Map(), doubtful: [] };
  });
  const merged = mergeReports(saved.map((each) => each.report));
  const tally = new Tally();
  for (const { name, report, settings } of saved) tally.add(name, report, settings);
  const least = SEVERITIES.findIndex((severity) => severity === (text(args, "fail-on") ?? "error"));
  const failing = SEVERITIES.slice(0, least + 1);
  for (const output of outputs) {
    const { format } = output;
    const run = { tallied: tally.result(), failing };
    print(output, format === "table" ? hostsTable(merged) : await printed(format, saved, run), io);
  }
  return merged.findings.some(({ severity }) => failing.includes(severity)) ? 1 : 0;
}

async function printed(format: FormatName, saved: readonly Judged[], run: RunEnd): Promise<string> {
  const printer = await printerOf(format, { color: false, unicode: true });
  const parts = saved.map((each) => printer.judged(each));
  return `${parts.join("")}${await printer.end(run)}`;
}

/** `db1=db1.json` is the report of db1, whose files are then below its name. */
function savedReport(word: string, io: Io): Report {
  const [, name, file] = /^([^/=]+)=(.+)$/s.exec(word) ?? [];
  if (name === undefined || file === undefined || openDisk(io.cwd).has(word))
    return readReport(word, resolve(io.cwd, word));
  return below(name, readReport(file, resolve(io.cwd, file)));
}
