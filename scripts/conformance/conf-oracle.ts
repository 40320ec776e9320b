import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { type DataDirectory, initdb } from "../servers/cluster.ts";
import type { Release } from "../servers/releases.ts";
import { bytesOf, type Probe, type Verdict } from "./probe.ts";

/** What keeps a text from sending its messages elsewhere, or from changing how they look. */
export const GUARDS = {
  log_destination: "stderr",
  logging_collector: "off",
  log_line_prefix: "",
  log_error_verbosity: "default",
  log_min_messages: "log",
  lc_messages: "C",
};

/** Asks `postgres -C`, which reads and checks all of a configuration as a start does, and prints one value. */
export async function openConf(release: Release) {
  const data = await initdb(release);
  return {
    judge: (probe: Probe) => judge(data, probe),
    close: () => data.remove(),
  };
}

async function judge(data: DataDirectory, probe: Probe): Promise<Verdict> {
  const { text, files = {} } = probe;
  // Each probe finds only its own files.
  data.write("postgresql.conf", bytesOf(probe));
  for (const [path, content] of Object.entries(files)) data.write(path, content);
  const asked = /^\s*([A-Za-z_]\w*)/.exec(text)?.[1]?.toLowerCase() ?? "port";
  const options = Object.entries(GUARDS)
    .filter(([name]) => name !== asked)
    .flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const run = await data.describe(knownName(asked), options);
  for (const path of Object.keys(files))
    rmSync(join(data.path, path.split("/")[0] ?? path), { force: true, recursive: true });
  // A data directory has this file; without it the server would say that it is missing.
  if ("postgresql.auto.conf" in files) data.write("postgresql.auto.conf", "");
  const messages = messagesOf(run.stderr, data.path);
  const unknown = run.stderr.includes(`unrecognized configuration parameter "${knownName(asked)}"\n`);
  const accepts = run.code === 0 || (unknown && messages.length === 1);
  const told = run.code === 0 && /^\s*[A-Za-z_][\w.]*\s*=/.test(text);
  return {
    accepts,
    messages: accepts ? [] : messages,
    ...(!accepts && notesOf(run.stderr)),
    ...(told && { value: run.stdout.replace(/\n$/, "") }),
  };
}

const knownName = (name: string) => (/^include/.test(name) ? "work_mem" : name);

/** The messages of a log without severity, details, hints and the closing line; paths are as the text names them. */
export const messagesOf = (log: string, directory: string): string[] =>
  entriesOf(relative(log, directory))
    .filter((entry) => /^(?:LOG|WARNING|ERROR|FATAL): /.test(entry))
    .map((entry) => entry.replace(/^[A-Z]+: +/, ""))
    .filter((message) => !/^configuration file ".*" contains errors/.test(message));

/** Paths as a text in the data directory names them. */
const relative = (log: string, directory: string) =>
  log
    .replaceAll(`${directory}/`, "")
    .replaceAll(directory, ".")
    .replaceAll(`${dirname(directory)}/`, "../");

/** The details and hints of a log. */
export function notesOf(log: string): Pick<Verdict, "notes"> {
  const notes = entriesOf(log).filter((entry) => /^(?:DETAIL|HINT): /.test(entry));
  return notes.length > 0 ? { notes: notes.map((note) => note.replace(/^[A-Z]+: +/, "")) } : {};
}

/** The log puts a tab before every further line of a message. */
function entriesOf(log: string): string[] {
  const entries: string[] = [];
  for (const line of log.split("\n"))
    if (line.startsWith("\t") && entries.length > 0) entries.push(`${entries.pop()}\n${line.slice(1)}`);
    else entries.push(line);
  return entries;
}
