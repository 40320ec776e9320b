import { cleaner } from "../api/clean-answer.ts";
import { type HbaReading, readHbaOf } from "../api/read-hba.ts";
import { kindOf } from "../cluster/kinds.ts";
import type { TargetInput } from "../cluster/target.ts";
import { UserError } from "../node/problem.ts";
import { jsonText } from "../report/json-text.ts";
import { printable } from "../report/printable.ts";
import { table } from "../report/table.ts";
import type { FileSet } from "../text/files.ts";
import type { Args } from "./args.ts";
import { wantsJson } from "./format.ts";
import { match } from "./hba-match.ts";
import { readInput, tellRefused } from "./input.ts";
import type { ExitCode, Io } from "./io.ts";

export async function hba(args: Args, io: Io): Promise<ExitCode> {
  const [what, ...paths] = args.paths;
  const its = { ...args, paths };
  switch (what) {
    case "list":
      return list(its, io);
    case "match":
      return match(its, io);
    case "explain":
      return (await import("./hba-explain.ts")).explainHba(its, io);
    case "diff":
      return (await import("./hba-diff.ts")).diffHba(its, io);
    default:
      throw new UserError(
        `hba${what === undefined ? "" : ` ${what}`}: say hba list, hba match --user NAME, hba explain, or hba diff OLD NEW; see pgconflint hba --help`,
      );
  }
}

function list(args: Args, io: Io): ExitCode {
  const input = readInput(args, io);
  const readings = input.servers.flatMap(({ files, target }) => {
    const path = files.paths.find((root) => isHba(files, root));
    return path === undefined ? [] : [readClean({ ...files, paths: [path] }, path, target)];
  });
  tellRefused(input.disk.refused, io);
  if (readings.length === 0) throw new UserError("there is no pg_hba.conf among the files");
  if (wantsJson(args)) io.stdout(jsonText(readings));
  else for (const reading of readings) io.stdout(printed(reading));
  return readings.every(({ accepts }) => accepts) ? 0 : 1;
}

function isHba(files: FileSet, path: string): boolean {
  const source = files.read(path);
  return typeof source !== "string" && kindOf(path, source.text) === "pg_hba.conf";
}

type Named = HbaReading & { readonly path: string };

/** The reading without the secrets of ldap and radius, which options and messages may name. */
function readClean(files: FileSet, path: string, target: TargetInput): Named {
  const source = files.read(path);
  const clean = cleaner(typeof source === "string" ? [] : [source]);
  return clean({ path, ...readHbaOf(files, { target }) });
}

function printed({ rows, messages, accepts, path }: Named): string {
  const cells = rows.map((row) =>
    "type" in row
      ? [
          `${row.file_name ?? path}:${row.line_number}`,
          row.type ?? "",
          row.database?.join(",") ?? "",
          row.user_name?.join(",") ?? "",
          [row.address, row.netmask].filter(Boolean).join(" "),
          row.auth_method ?? "",
          row.options?.join(" ") ?? "",
        ]
      : [`${row.file_name ?? path}:${row.line_number}`, `refused: ${row.error ?? "see below"}`],
  );
  const head = ["LINE", "TYPE", "DATABASE", "USER", "ADDRESS", "METHOD", "OPTIONS"];
  const said = messages.map(
    ({ message, line }) => `${line === null ? path : `line ${line}`}: ${printable(message)}\n`,
  );
  const verdict = accepts ? "" : "The server refuses this file.\n";
  return `${table([head, ...cells.map((row) => row.map(printable))])}${said.join("")}${verdict}`;
}
