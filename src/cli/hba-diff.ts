import { type AccessFile, accessElements, accessFiles, clusterOf } from "../api/access-file.ts";
import { databasesText, fromText, usersText, witnessText } from "../api/access-words.ts";
import { type AccessChange, diffAccess, type Treatment } from "../api/diff-hba.ts";
import { linesText } from "../api/explain-hba.ts";
import { UserError } from "../node/problem.ts";
import { printable } from "../report/printable.ts";
import type { Args } from "./args.ts";
import { wantsJson } from "./format.ts";
import { dialectOf } from "./hba-explain.ts";
import { cleaner } from "./hba-secrets.ts";
import { readInput } from "./input.ts";
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
  const clean = cleaner([...before.read, ...after.read]);
  const changes = clean(diffAccess(before, after, elements));
  const paths = { before: before.source.path, after: after.source.path };
  if (wantsJson(args)) io.stdout(`${JSON.stringify({ ...paths, server: after.server, changes }, null, 2)}\n`);
  else io.stdout(printed(changes, paths));
  return changes.length > 0 ? 1 : 0;
}

/** The one file of a path; what the server would not load is compared with nothing. */
function fileAt(path: string, args: Args, io: Io, elements: ReturnType<typeof accessElements>): AccessFile {
  const files = readInput({ ...args, paths: [path] }, io).servers.flatMap(({ files: its, target }) =>
    accessFiles(clusterOf(its, target), elements, dialectOf(args)),
  );
  const [file, other] = files;
  if (!file) throw new UserError(`hba diff: there is no pg_hba.conf in ${path}`);
  if (other)
    throw new UserError(
      `hba diff: ${path} has ${file.source.path} and ${other.source.path}; name the file, or say whose with --dialect`,
    );
  if (file.refusal !== null)
    throw new UserError(`${file.source.path}: ${file.server} does not load it: ${file.refusal}`);
  return file;
}

interface Paths {
  readonly before: string;
  readonly after: string;
}

function printed(changes: readonly AccessChange[], paths: Paths): string {
  if (changes.length === 0) return "The same connections get in, the same way.\n";
  const count = (change: AccessChange["change"]) => changes.filter((its) => its.change === change).length;
  const counts = [
    [count("gains"), "new access"],
    [count("differs"), "another way in"],
    [count("loses"), "no access any more"],
  ] as const;
  const head = `${paths.before} to ${paths.after}: ${counts.flatMap(([number, words]) => (number > 0 ? [`${number} × ${words}`] : [])).join(", ")}`;
  return [head, ...changes.map((change) => blockOf(change, paths))].map((block) => `${block}\n`).join("\n");
}

const TITLES = { gains: "New access", differs: "Another way in", loses: "No access any more" } as const;
const ENCRYPTION = { required: ", with TLS", optional: "", none: ", without TLS", needless: "" } as const;

function blockOf(change: AccessChange, paths: Paths): string {
  const { from, users, databases, encryption, before, after, partly, witness, unless } = change;
  const where = `${fromText(from)}${ENCRYPTION[encryption]}${partly ? ", but for what earlier lines take" : ""}`;
  const lines = [
    `${TITLES[change.change]}: ${usersText(users)} to ${databasesText(databases)} from ${where}`,
    `  before  ${treatmentText(before, paths.before)}`,
    `  after   ${treatmentText(after, paths.after)}`,
    witness
      ? `  such as ${witnessText(witness)}${unless.length > 0 ? `, unless ${unless.join(" or ")}` : ""}`
      : "  maybe   nobody: no such connection was found",
  ];
  return lines.map((line) => printable(line)).join("\n");
}

function treatmentText({ method, options, lines }: Treatment, path: string): string {
  if (method === null) return "turned away, as no line takes them";
  return `${[method, ...options].join(" ")} (${linesText(lines, path)})`;
}
