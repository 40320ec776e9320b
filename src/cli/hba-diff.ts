import { type AccessFile, accessElements, accessFiles } from "../api/access-file.ts";
import { exampleText } from "../api/access-words.ts";
import { cleaner } from "../api/clean-answer.ts";
import { clusterOf } from "../api/cluster-of.ts";
import { type AccessChange, diffAccess, type Treatment } from "../api/diff-hba.ts";
import { UserError } from "../node/problem.ts";
import { changesText, changeTitle } from "../report/access-change.ts";
import { jsonText } from "../report/json-text.ts";
import { linesText } from "../text/line-refs.ts";
import type { Args } from "./args.ts";
import { wantsJson } from "./format.ts";
import { dialectOf } from "./hba-dialect.ts";
import { printableLines } from "./hba-explain.ts";
import { readInput, wantAll } from "./input.ts";
import type { ExitCode, Io } from "./io.ts";

/** Exit codes: 0 where the same connections get in, the same way; 1 where something changes. */
export function diffHba(args: Args, io: Io): ExitCode {
  const [old, now, more] = args.paths;
  if (old === undefined || now === undefined || more !== undefined)
    throw new UserError("hba diff: say which two files, pgconflint hba diff OLD NEW");
  const elements = accessElements();
  const [before, after] = [old, now].map((path) => fileAt(path, args, io, elements));
  if (!before || !after) throw new UserError("hba diff: say which two files");
  if (before.dialect !== after.dialect)
    throw new UserError(
      `hba diff: ${before.source.path} is for ${before.server}, ${after.source.path} for ${after.server}; --dialect says how to read both`,
    );
  const changes = diffAccess(before, after, elements);
  const paths = { before: before.source.path, after: after.source.path };
  if (wantsJson(args)) io.stdout(jsonText({ ...paths, server: after.server, changes }));
  else io.stdout(printed(changes, paths));
  return changes.length > 0 ? 1 : 0;
}

/** The one file of a path; what the server would not load is compared with nothing. */
function fileAt(path: string, args: Args, io: Io, elements: ReturnType<typeof accessElements>): AccessFile {
  const { servers, disk } = readInput({ ...args, paths: [path] }, io);
  const files = servers.flatMap(({ files: its, target }) =>
    accessFiles(clusterOf(its, target), elements, dialectOf(args)),
  );
  wantAll(disk);
  const [file, other] = files;
  if (!file) throw new UserError(`hba diff: there is no pg_hba.conf in ${path}`);
  if (other)
    throw new UserError(
      `hba diff: ${path} has ${file.source.path} and ${other.source.path}; name the file, or say whose with --dialect`,
    );
  if (file.refusal !== null) throw new UserError(refusalText(file));
  return file;
}

/** Why the server does not load it, without the secrets that its words may quote. */
export const refusalText = ({ source, server, refusal, read }: AccessFile): string =>
  cleaner(read)(`${source.path}: ${server} does not load it: ${refusal}`);

interface Paths {
  readonly before: string;
  readonly after: string;
}

function printed(changes: readonly AccessChange[], paths: Paths): string {
  if (changes.length === 0) return "The same connections get in, the same way.\n";
  const blocks = changes.map((change) => blockOf(change, paths));
  const note = changes.some(({ partly }) => partly)
    ? ["(in part): lines before these take some of the connections."]
    : [];
  return [`${paths.before} to ${paths.after}: ${changesText(changes)}`, ...blocks, ...note]
    .map((block) => `${printableLines(block)}\n`)
    .join("\n");
}

function blockOf(change: AccessChange, paths: Paths): string {
  const { before, after, witness, unless } = change;
  const lines = [
    changeTitle(change),
    `  before  ${treatmentText(before, paths.before)}`,
    `  after   ${treatmentText(after, paths.after)}${change.secret ? ", with another secret" : ""}`,
    witness
      ? `  ${exampleText(witness, unless)}`
      : "  perhaps nobody at all: no such connection was found, and none can be ruled out",
  ];
  return lines.join("\n");
}

function treatmentText({ method, options, lines }: Treatment, path: string): string {
  if (method === null) return "turned away, as no line takes them";
  return `${[method, ...options].join(" ")} (${linesText(lines, path)})`;
}
