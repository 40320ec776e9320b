import type { Tuning } from "../api/tune-files.ts";
import type { Change } from "../api/tuned-changes.ts";
import { applyEdits } from "../fix/edits.ts";
import { UserError } from "../node/problem.ts";
import { type Rewrite, realPath, rewriteFiles } from "../node/rewrite.ts";
import { printable } from "../report/printable.ts";
import { table } from "../report/table.ts";
import { statement } from "../report/tune/statement.ts";
import { lineMap } from "../text/lines.ts";
import type { Input } from "./input.ts";
import { type Io, say } from "./io.ts";
import { diffOf, plural, rewriteOf } from "./rewrites.ts";
import type { Edits } from "./tune.ts";

/** Writes what the files need to become, or prints it as a difference; the rest is told. */
export function edit(edits: Edits, tuning: Tuning, input: Input, io: Io): void {
  if (edits === "apply" && input.piped)
    throw new UserError("standard input cannot be written to; --diff prints what would be");
  const tell = (line: string) => say(io, line);
  const rewrites = rewritesOf(tuning.changes, input);
  const inFiles = tuning.changes.filter(({ edit }) => edit);
  if (edits === "apply") rewriteFiles(rewrites);
  for (const rewrite of edits === "diff" ? rewrites : []) {
    const { text, hidden } = diffOf(rewrite, io.cwd);
    io.stdout(text);
    if (hidden !== undefined) tell(`${hidden}; see --apply`);
  }
  if (inFiles.length === 0) tell("nothing to change: what is there is right, or close enough");
  else {
    if (edits === "apply") io.stdout(changeTable(inFiles, tuning, input));
    const count = `${plural(inFiles.length, "setting", "settings")} in ${plural(rewrites.length, "file", "files")}`;
    tell(`${count} ${edits === "apply" ? "changed" : "to change"}; ${takes(inFiles, tuning)}`);
  }
  tellTheRest(tuning, tell, io);
}

/** Each file once, whatever links lead to it. */
function rewritesOf(changes: readonly Change[], { disk }: Input): Rewrite[] {
  const byFile = new Map<string, { name: string; edits: NonNullable<Change["edit"]>[] }>();
  for (const { edit } of changes) {
    if (!edit) continue;
    const path = realPath(disk.absolute(edit.path));
    const known = byFile.get(path);
    if (known) known.edits.push(edit);
    else byFile.set(path, { name: edit.path, edits: [edit] });
  }
  return [...byFile].map(([path, { name, edits }]) => {
    const before = disk.read(name);
    if (typeof before === "string") throw new UserError(`${name}: ${before}`);
    return rewriteOf(path, { ...before, path: name, text: applyEdits(before.text, edits) }, disk);
  });
}

const applyOf = (name: string, { settings }: Tuning) =>
  settings.find((setting) => setting.name === name)?.apply ?? "reload";

function takes(changes: readonly Change[], tuning: Tuning): string {
  const restarts = changes.filter(({ name }) => applyOf(name, tuning) === "restart").length;
  if (restarts === 0) return "a reload brings them into force";
  if (restarts === changes.length) return "a restart brings them into force";
  return `${restarts} of them ${restarts === 1 ? "takes" : "take"} a restart, the others a reload`;
}

function changeTable(changes: readonly Change[], tuning: Tuning, { disk }: Input): string {
  const rows = changes.map(({ name, value, current, edit, place }) => [
    name,
    current ?? "",
    value,
    applyOf(name, tuning),
    edit ? whereOf(edit, place, disk) : "",
  ]);
  return table([["SETTING", "WAS", "IS", "TAKES", "WHERE"], ...rows]);
}

/** The line as it was before. */
function whereOf(
  { path, start }: NonNullable<Change["edit"]>,
  place: Change["place"],
  disk: Input["disk"],
): string {
  const source = disk.read(path);
  if (place === "new line" || typeof source === "string") return `${printable(path)}, new`;
  return `${printable(path)}:${lineMap(source).lineAt(start)}`;
}

/** What no file is to be edited for. */
function tellTheRest(
  { changes, settings, kernel, pooler }: Tuning,
  tell: (line: string) => void,
  io: Io,
): void {
  const commands = changes.filter(({ place }) => place === "alter system");
  const byCommand = new Set(commands.map(({ name }) => name));
  if (byCommand.size > 0) {
    tell("postgresql.auto.conf has these, and wins; run in psql:");
    for (const { name, value } of settings.filter((setting) => byCommand.has(setting.name)))
      io.stderr(`${statement(name, value)}
`);
  }
  for (const { name, value } of kernel) tell(`outside of PostgreSQL: ${name} = ${value}`);
  for (const { name, value } of pooler) tell(`pgbouncer.ini: ${name} = ${value}`);
}
