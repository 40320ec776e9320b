import { fixInRounds } from "../fix/rounds.ts";
import type { Disk } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { realPath, rewriteFiles } from "../node/rewrite.ts";
import { redact, redactUserlist } from "../text/redact.ts";
import type { Source } from "../text/source.ts";
import { type Args, flag, text } from "./args.ts";
import { openBaseline } from "./baseline.ts";
import { type Input, onlyPrimary, type Plan, readServer } from "./input.ts";
import { type Io, say } from "./io.ts";
import { type Bench, type Judged, judge, settled } from "./judge.ts";
import { askedAnywhere, type JudgeOptions } from "./judge-all.ts";
import { diffOf, plural, rewriteOf } from "./rewrites.ts";
import { rulebookFor } from "./rulebook.ts";

/** Fixes what the reports are about, in the files or as a printed difference, and tells what is left. */
export async function* fixed(plan: Plan, options: JudgeOptions, io: Io): AsyncGenerator<Judged> {
  const { args } = options;
  if (flag(args, "update-baseline"))
    throw new UserError("--update-baseline records what is there; run it without --fix and --diff");
  const { skipped: _, servers, ...rest } = plan;
  const input = { ...rest, servers: servers.map((server) => readServer(server, args, plan)) };
  const rulebook = await rulebookFor(input, options.around.config ?? {});
  const overviewOf = options.overviews ? (await import("../api/overview.ts")).overviewOf : undefined;
  yield* fix(input, args, io, (now) => {
    const bench = { ...options.around, disk: now.disk, rulebook, timer: options.timer, overviewOf };
    const baseline = openBaseline(args, plan.config, io);
    return judgeInput(now, { ...bench, primary: onlyPrimary(now.servers)?.files }).map(
      (judged) => baseline?.apply(judged) ?? judged,
    );
  });
}

/** A fragment that a server includes has been judged there, where it counts. */
function judgeInput({ servers, disk, isExcluded }: Input, bench: Bench): Judged[] {
  const isAsked = askedAnywhere(servers, disk);
  const done = new Set<string>();
  const all: Judged[] = [];
  for (const server of servers) {
    if (server.fragment && server.asked.every((path) => done.has(disk.absolute(path)))) continue;
    const judged = settled(judge(server, bench), isAsked, isExcluded);
    for (const { path } of judged.report.files) done.add(disk.absolute(path));
    all.push(judged);
  }
  return all;
}

function fix(input: Input, args: Args, io: Io, lint: (input: Input) => Judged[]): Judged[] {
  const { disk, piped } = input;
  const unsafe = text(args, "fix") === "unsafe";
  const diff = flag(args, "diff") ?? false;
  const tell = (line: string) => say(io, line);
  const first = lint(input);
  if (piped && !diff) {
    tell("standard input cannot be written to, so nothing is fixed; --diff prints what would be");
    return first;
  }

  let left = first;
  const names = new Map<string, string>();
  const { changed, made } = fixInRounds(
    (path) => disk.read(names.get(path) ?? path),
    (soFar) => {
      if (soFar.size > 0) left = lint(changedInput(input, soFar));
      return fixesIn(left, unsafe, disk, names);
    },
  );
  const others = fixesIn(left, true, disk, names).length;
  const more = unsafe || others === 0 ? "" : `; ${others} more with --fix=unsafe`;
  const files = `${plural(made, "fix", "fixes")} in ${plural(changed.size, "file", "files")}`;
  const rewrites = [...changed].map(([path, after]) => rewriteOf(path, after, disk));
  if (diff) {
    const kinds = new Map(filesOf(first).map(({ path, kind }) => [path, kind]));
    for (const rewrite of rewrites) {
      const clean = kinds.get(rewrite.name) === "userlist.txt" ? redactUserlist : redact;
      const { text: shown, hidden } = diffOf(rewrite, io.cwd, clean);
      io.stdout(shown);
      if (hidden !== undefined) tell(`${hidden}; see --fix`);
    }
    tell(`${files}, none of them written${more}`);
    return first;
  }
  rewriteFiles(rewrites);
  tell(`${files}${more}`);
  return left;
}

const filesOf = (all: readonly Judged[]) => all.flatMap(({ report }) => report.files);

/** The reports' fixes, with each file named by the one path that all links to it lead to. `names` tells the way back. */
function fixesIn(all: readonly Judged[], unsafe: boolean, disk: Disk, names: Map<string, string>) {
  const mayChange = new Set(filesOf(all).map(({ path }) => path));
  const real = (path: string) => {
    const known = realPath(disk.absolute(path));
    if (!names.has(known)) names.set(known, path);
    return known;
  };
  return all
    .flatMap(({ report }) => report.findings)
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
