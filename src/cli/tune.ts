import { declaredIn } from "../api/lint-files.ts";
import { TOOL } from "../api/tool.ts";
import { type Tuning, tuneFiles } from "../api/tune-files.ts";
import { nearestName } from "../catalog/nearest.ts";
import { versionText } from "../catalog/version.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { knownReleases, resolveTarget, type Target } from "../cluster/target.ts";
import { ANY_WORKLOAD } from "../host/workload.ts";
import { type Config, loadConfig } from "../node/config.ts";
import { UserError } from "../node/problem.ts";
import { jsonText } from "../report/json-text.ts";
import { printable } from "../report/printable.ts";
import type { FactRow, TuneReport, TuneStyle } from "../report/tune/tune-report.ts";
import { ruleIds } from "../rules/ids.ts";
import { type FileSet, fileSet } from "../text/files.ts";
import { lineMap } from "../text/lines.ts";
import { type Args, flag, text } from "./args.ts";
import { dataDirectory } from "./host.ts";
import { dataDirectoryOf, type Input, readInput, type ServerInput, targetOf, tellRefused } from "./input.ts";
import { type ExitCode, type Io, say, wantsColor, wantsUnicode } from "./io.ts";
import { TUNE_FORMATS } from "./options.ts";
import { type Output, outputsOf, print } from "./outputs.ts";
import { tuneFacts } from "./tune-facts.ts";

type TuneOutput = Output<(typeof TUNE_FORMATS)[number]>;

/** A whole configuration for a host, by itself or as changes to an existing one. */
export async function tune(args: Args, io: Io): Promise<ExitCode> {
  const edits = editsOf(args);
  const explained = text(args, "explain");
  const outputs = outputsOf(args, TUNE_FORMATS, edits || explained !== undefined ? [] : ["conf"]);
  const job = jobOf(args, io);
  const { files, input, config, target } = job;
  const declared = { ...inContainer(outputs), ...declaredIn(files).host };
  const facts = await tuneFacts(args, io, { config, declared, data: job.data });
  const { tuning, cluster } = tuneFiles(files, {
    host: facts.host,
    workload: { ...ANY_WORKLOAD, ...facts.workload },
    target,
    connections: facts.connections,
    pooler: flag(args, "pooler") ?? false,
  });
  if (input) tellRefused(input.disk.refused, io);
  const report: TuneReport = {
    tool: TOOL,
    target: {
      postgres: { version: versionText(target.postgres), from: target.postgresFrom },
      host: facts.host,
      workload: facts.workload,
    },
    facts: [releaseRow(target), ...facts.rows, ...fileRow(cluster)],
    tuning,
  };
  tellRefusal(cluster, edits, io);
  if (explained !== undefined) await explain(explained, report, outputs, io);
  else await printAll(report, outputs, args, io);
  if (edits && input) (await import("./tune-edits.ts")).edit(edits, tuning, input, io);
  tellFindings(tuning, io);
  return tuning.findings.some(({ severity }) => severity === "error") ? 1 : 0;
}

export type Edits = "apply" | "diff";

function editsOf(args: Args): Edits | undefined {
  const edits = (["apply", "diff"] as const).filter((name) => flag(args, name));
  const [first, second] = edits;
  if (second) throw new UserError("--apply writes what --diff prints; say one of them");
  if (first && args.paths.length === 0)
    throw new UserError(`--${first} wants the file: pgconflint tune --${first} postgresql.conf`);
  return first;
}

/** What is tuned: a server's files, or a server that has none yet. */
interface Job {
  readonly files: FileSet;
  readonly input: Input | undefined;
  readonly config: Config | undefined;
  readonly target: Target;
  readonly data: string | undefined;
}

function jobOf(args: Args, io: Io): Job {
  const data = dataDirectory(args, io);
  if (args.paths.length > 0) return existing(args, data, io);
  const config = loadConfig(text(args, "config"), io.cwd, ruleIds);
  const files = fileSet([]);
  const { from, ...asked } = targetOf(args, config, undefined, files);
  return { files, input: undefined, config, target: resolveTarget(asked, {}, from), data };
}

function existing(args: Args, data: string | undefined, io: Io): Job {
  const input = readInput(args, io);
  const [server, ...others] = input.servers;
  if (!server || others.length > 0)
    throw new UserError(
      `tune takes one server at a time; there are ${input.servers.length}: ${input.servers.map(nameOf).join(", ")}`,
    );
  const { files } = server;
  const { from, ...asked } = server.target;
  const target = resolveTarget(asked, knownReleases(declaredIn(files).target), from);
  return { files, input, config: input.config, target, data: data ?? dataDirectoryOf(input) };
}

const nameOf = ({ files }: ServerInput): string => printable(files.paths[0] ?? "");

/** The operator runs it in one. */
const inContainer = (outputs: readonly TuneOutput[]) =>
  outputs.some(({ format }) => format === "cnpg")
    ? { container: { value: true, from: "--format cnpg" } }
    : {};

const releaseRow = ({ postgres, postgresFrom }: Target): FactRow => ({
  name: "PostgreSQL",
  value: versionText(postgres),
  from: { default: "the newest, unless told otherwise", path: "the path" }[postgresFrom] ?? postgresFrom,
});

const fileRow = ({ conf }: Cluster): FactRow[] =>
  conf
    ? [
        {
          name: "file",
          value: printable(conf.main.path),
          from: "as it is now",
        },
      ]
    : [];

/** What a server does not read nobody should add to. */
function tellRefusal({ conf, hasPostgres, files }: Cluster, edits: Edits | undefined, io: Io): void {
  if (files.paths.length > 0 && (!conf || !hasPostgres))
    throw new UserError("there is no postgresql.conf among the files");
  const refusal = conf?.problems.find(({ server }) => server?.effect === "refuses");
  if (!refusal) return;
  const { source, span } = refusal.place;
  const where = `${printable(source.path)}:${lineMap(source).lineAt(span.start)}`;
  if (edits)
    throw new UserError(
      `${where}: the server refuses this line; mend it before --${edits} (pgconflint check says more)`,
    );
  say(io, `${where}: the server refuses this line; what it says does not count here`);
}

async function printAll(
  report: TuneReport,
  outputs: readonly TuneOutput[],
  args: Args,
  io: Io,
): Promise<void> {
  if (outputs.length === 0) return;
  const { tuneFormats } = await import("../report/tune.ts");
  for (const output of outputs) {
    const color = output.file === undefined && wantsColor(io, flag(args, "color"));
    const paint = color ? (await import("../report/paint.ts")).colors() : undefined;
    const style: TuneStyle = { unicode: wantsUnicode(io), paint };
    print(output, tuneFormats[output.format](report, style), io);
  }
}

async function explain(
  name: string,
  report: TuneReport,
  outputs: readonly TuneOutput[],
  io: Io,
): Promise<void> {
  const { adviceNamed, adviceNames, explanation } = await import("../report/tune.ts");
  const advice = adviceNamed(report, name);
  if (!advice) {
    const near = nearestName(name, adviceNames(report));
    throw new UserError(
      `--explain ${name}: tune leaves that as it is${near ? `; did you mean ${near}?` : "; see pgconflint explain"}`,
    );
  }
  const [output = { format: "text" }] = outputs;
  if (output.format !== "text" && output.format !== "json")
    throw new UserError(`--explain prints text or json, not ${output.format}`);
  const json = jsonText(advice);
  print(output, output.format === "json" ? json : explanation(report, advice), io);
}

function tellFindings({ findings }: Tuning, io: Io): void {
  for (const { severity, rule, message } of findings) say(io, `${severity}[${rule}]: ${message}`);
}
