import type { Report } from "../engine/report.ts";
import { fixInRounds } from "../fix/rounds.ts";
import type { Disk } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { realPath, rewriteFiles } from "../node/rewrite.ts";
import { redact, redactUserlist } from "../text/redact.ts";
import type { Source } from "../text/source.ts";
import { type Args, flag, text } from "./args.ts";
import type { Input } from "./input.ts";
import { type Io, say } from "./io.ts";
import type { LintedAll } from "./lint-all.ts";
import { diffOf, plural, rewriteOf } from "./rewrites.ts";

/** Fixes what the report is about, in the files or as a printed difference, and tells what is left. */
export function fix(
  input: Input,
  args: Args,
  io: Io,
  lint: (input: Input) => LintedAll,
): LintedAll & { readonly input: Input } {
  const { disk, piped } = input;
  const unsafe = text(args, "fix") === "unsafe";
  const diff = flag(args, "diff") ?? false;
  if (flag(args, "update-baseline"))
    throw new UserError("--update-baseline records what is there; run it without --fix and --diff");
  const tell = (line: string) => say(io, line);
  const first = lint(input);
  if (piped && !diff) {
    tell("standard input cannot be written to, so nothing is fixed; --diff prints what would be");
    return { input, ...first };
  }

  let left = first;
  const names = new Map<string, string>();
  const { changed, made } = fixInRounds(
    (path) => disk.read(names.get(path) ?? path),
    (soFar) => {
      if (soFar.size > 0) left = lint(changedInput(input, soFar));
      return fixesIn(left.report, unsafe, disk, names);
    },
  );
  const others = fixesIn(left.report, true, disk, names).length;
  const more = unsafe || others === 0 ? "" : `; ${others} more with --fix=unsafe`;
  const files = `${plural(made, "fix", "fixes")} in ${plural(changed.size, "file", "files")}`;
  const rewrites = [...changed].map(([path, after]) => rewriteOf(path, after, disk));
  if (diff) {
    for (const rewrite of rewrites) {
      const isUserlist = first.report.files.some(
        (file) => file.path === rewrite.name && file.kind === "userlist.txt",
      );
      const { text: shown, hidden } = diffOf(rewrite, io.cwd, isUserlist ? redactUserlist : redact);
      io.stdout(shown);
      if (hidden !== undefined) tell(`${hidden}; see --fix`);
    }
    tell(`${files}, none of them written${more}`);
    return { input, ...first };
  }
  rewriteFiles(rewrites);
  tell(`${files}${more}`);
  return { ...left, input: changedInput(input, changed) };
}

/** The report's fixes, with each file named by the one path that all links to it lead to. `names` tells the way back. */
function fixesIn(report: Report, unsafe: boolean, disk: Disk, names: Map<string, string>) {
  const mayChange = new Set(report.files.map(({ path }) => path));
  const real = (path: string) => {
    const known = realPath(disk.absolute(path));
    if (!names.has(known)) names.set(known, path);
    return known;
  };
  return report.findings
    .flatMap(({ fix }) => fix ?? [])
    .filter(({ safe, edits }) => (safe || unsafe) && edits.every(({ path }) => mayChange.has(path)))
    .map(({ edits }) => ({ edits: edits.map((edit) => ({ ...edit, path: real(edit.path) })) }));
}

/** The input as it would be read if the changed files were already written. */
function changedInput(input: Input, changed: ReadonlyMap<string, Source>): Input {
  const { disk, servers } = input;
  const known = new Map<string, Source | string>();
  const read = (path: string) => {
    const source = known.get(path) ?? readNow(path);
    known.set(path, source);
    return source;
  };
  const readNow = (path: string) => {
    const source = changed.get(realPath(disk.absolute(path)));
    return source ? { ...source, path } : disk.read(path);
  };
  return {
    ...input,
    disk: { ...disk, read },
    servers: servers.map((server) => ({ ...server, files: { ...server.files, read } })),
  };
}
