import { existsSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { FACT_NAMES, FACTS, type Host, spelled } from "../host/facts.ts";
import { CONFIG_NAME, configPath, parseConfig } from "../node/config.ts";
import { openDisk, readRegularFile } from "../node/disk.ts";
import { mustNotLeadOut } from "../node/fence.ts";
import type { Detected } from "../node/host/detected.ts";
import { type Saved, withHostSection } from "../node/host-section.ts";
import { UserError } from "../node/problem.ts";
import { realPath, rewriteFiles } from "../node/rewrite.ts";
import { systemWords } from "../node/system-words.ts";
import { jsonText } from "../report/json-text.ts";
import { printable } from "../report/printable.ts";
import { table } from "../report/table.ts";
import { ruleIds } from "../rules/ids.ts";
import { bytesOf, sourceOf } from "../text/source.ts";
import { type Args, flag, text } from "./args.ts";
import { wantsJson } from "./format.ts";
import { type ExitCode, type Io, say } from "./io.ts";

/** What of this machine sizes a server. */
export async function host(args: Args, io: Io): Promise<ExitCode> {
  const [path] = args.paths;
  if (path !== undefined) throw new UserError(`${path}: host takes no path; write --data ${path}`);
  const json = wantsJson(args);
  const data = dataDirectory(args, io);
  const { detectHost, thisMachine } = await import("../node/host/detect.ts");
  const detected = detectHost(thisMachine, data);
  const saved = flag(args, "save") ? save(detected.known, args, io) : undefined;
  io.stdout(json ? asJson(detected) : asTable(detected));
  if (saved !== undefined) say(io, saved);
  return 0;
}

export function dataDirectory(args: Args, io: Io): string | undefined {
  const asked = text(args, "data");
  const path = asked ?? (io.env.PGDATA || undefined);
  if (path === undefined) return undefined;
  const seen = openDisk(io.cwd).look(path);
  const name = asked === undefined ? "PGDATA" : "--data";
  // What may not be entered is on a disk all the same.
  if (typeof seen === "string" && seen !== systemWords("EACCES"))
    throw new UserError(`${name} ${path}: ${seen}`);
  if (typeof seen === "object" && !seen.directory) throw new UserError(`${name} ${path}: not a directory`);
  return resolve(io.cwd, path);
}

/** The facts in the order of their table, which is that of their importance. */
const inOrder = (facts: Host | Detected["unknown"]) =>
  Object.fromEntries(FACT_NAMES.filter((name) => facts[name]).map((name) => [name, facts[name]]));

const asJson = ({ known, unknown }: Detected): string => {
  const facts = { host: inOrder(known), unknown: inOrder(unknown) };
  return jsonText(facts);
};

export const asTable = (detected: Detected): string => table([["FACT", "VALUE", "FROM"], ...rows(detected)]);

const rows = ({ known, unknown }: Detected): string[][] =>
  FACT_NAMES.flatMap((name) => {
    const fact = known[name];
    const why = unknown[name];
    const kind: { show(value: unknown): string } = FACTS[name];
    if (fact) return [[spelled(name, "_"), kind.show(fact.value), printable(fact.from)]];
    return why === undefined ? [] : [[spelled(name, "_"), "unknown", printable(why)]];
  });

/** Writes the facts to pgconflint.ini, and says what has changed there. */
function save(known: Host, args: Args, io: Io): string {
  const name = configPath(text(args, "config"), io.cwd) ?? CONFIG_NAME;
  const path = resolve(io.cwd, name);
  mustNotLeadOut(name, io.cwd);
  if (!existsSync(path)) {
    const { text: made, saved } = withHostSection("", known);
    try {
      writeFileSync(path, made, { flag: "wx" });
    } catch (error) {
      throw new UserError(`${name}: cannot be written: ${systemWords(error)}`);
    }
    return `${name}: new, with ${inWords(saved)}`;
  }
  const before = readRegularFile(path);
  if (typeof before === "string") throw new UserError(`${name}: ${before}`);
  const source = sourceOf(name, before);
  // What is wrong in the file is told before anything is written to it.
  parseConfig(name, source.text, ruleIds);
  const { text: after, saved } = withHostSection(source.text, known);
  if (saved.length === 0) return `${name}: [host] says so already`;
  rewriteFiles([{ name, path: realPath(path), before, after: bytesOf({ ...source, text: after }) }]);
  return `${name}: [host] ${inWords(saved)}`;
}

const inWords = (saved: readonly Saved[]): string =>
  saved
    .map(({ key, word, before }) => `${key} = ${word}${before === undefined ? "" : ` (was ${before})`}`)
    .join(", ");
