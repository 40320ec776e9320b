import { writeFileSync } from "node:fs";
import { relative, resolve } from "node:path";
import { CONFIG_NAME, type Config, configPath, parseConfig } from "../node/config.ts";
import { openDisk } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { repositoryOf } from "../node/repository.ts";
import { systemWords } from "../node/system-words.ts";
import { colors } from "../report/paint.ts";
import { ruleIds } from "../rules/ids.ts";
import { type Args, flag, text } from "./args.ts";
import { placedIn, servicesIn } from "./init/ci.ts";
import { configText } from "./init/config-text.ts";
import { answerTo, type Question, questionsAbout, reply } from "./init/questions.ts";
import { look, type Seen, type Today, today } from "./init/seen.ts";
import { BASELINE, foundWords, nextWords } from "./init/words.ts";
import { type ExitCode, type Io, wantsColor } from "./io.ts";
import { plural } from "./rewrites.ts";

const GUIDE = "https://github.com/pgconflint/pgconflint/blob/main/docs/guide/hooks-and-ci.md#ci";

/** Writes pgconflint.ini and nothing else. The lines for the CI go to standard output; all talk does not. */
export async function init(args: Args, io: Io): Promise<ExitCode> {
  refuseToOverwrite(args, io);
  const seen = await look(args, io);
  io.stderr(`${foundWords(seen)}\n\n`);
  const answers = new Map<string, string | undefined>();
  for (const question of questionsAbout(seen)) answers.set(question.name, answer(question, args, io));
  const findings = await today(seen, asRead(answers, seen), args, io);
  answers.set("baseline", baselineFor(findings, args, io));
  const config = asRead(answers, seen);
  write(configText(answers, releasesOf(seen)), args, io);
  io.stderr(`${flag(args, "yes") ? "" : "\n"}${CONFIG_NAME}: written\n`);
  await printServices(io);
  const strong = wantsColor(io, flag(args, "color")) ? colors().strong : String;
  io.stderr(`\n${nextWords(findings, config, args.paths, strong)}`);
  return 0;
}

/** One further up counts here as well. */
function refuseToOverwrite(args: Args, io: Io): void {
  const there = configPath(undefined, io.cwd);
  if (there !== undefined && !flag(args, "force"))
    throw new UserError(`${there}: is there already; --force writes a new ${CONFIG_NAME}`);
}

/** The option, else the answer, else what Enter would mean. */
function answer(question: Question, args: Args, io: Io): string | undefined {
  const given = text(args, question.name);
  if (given === undefined) return flag(args, "yes") ? question.usual.value : answerTo(question, io);
  if (question.isValue(given)) return given;
  throw new UserError(`--${question.name} ${given}: not ${question.wanted}`);
}

/** What `check` will make of it. */
const asRead = (answers: ReadonlyMap<string, string | undefined>, seen: Seen): Config =>
  parseConfig(CONFIG_NAME, configText(answers, releasesOf(seen)), ruleIds);

/** Where there is one of each; of several servers each has its own. */
function releasesOf({ postgres, pgbouncer }: Seen): { postgres?: string; pgbouncer?: string } {
  const isOne = (version: string | undefined) => version !== undefined && !version.includes(",");
  return {
    ...(postgres && isOne(postgres.version) && { postgres: postgres.version }),
    ...(pgbouncer && isOne(pgbouncer.version) && { pgbouncer: pgbouncer.version }),
  };
}

function baselineFor({ failing }: Today, args: Args, io: Io): string | undefined {
  const given = text(args, "baseline");
  if (given !== undefined || failing === 0 || flag(args, "yes")) return given;
  const fail = plural(failing, "finding fails", "findings fail");
  const said = reply(`  ${fail} a run today. Tell only what is new from now on: yes, no [no]: `, io);
  return /^y(?:es)?$/i.test(said) ? BASELINE : undefined;
}

function write(content: string, args: Args, io: Io): void {
  try {
    writeFileSync(resolve(io.cwd, CONFIG_NAME), content, { flag: flag(args, "force") ? "w" : "wx" });
  } catch (error) {
    throw new UserError(`${CONFIG_NAME}: cannot be written: ${systemWords(error)}`);
  }
}

/** The lines for each service that the repository uses, but for one that has them already. */
async function printServices(io: Io): Promise<void> {
  const root = repositoryOf(io.cwd) ?? io.cwd;
  const services = servicesIn(root, openDisk(io.cwd));
  if (services.length === 0) io.stderr(`\nNo CI found here; the lines for any are in\n  ${GUIDE}\n`);
  const { default: templates } = await import("./init/templates.json");
  for (const { name, template, runs } of services) {
    io.stderr(runs ? `\n${name} runs pgconflint already.\n` : `\n${name}:\n\n`);
    if (!runs) io.stdout(placedIn(relative(root, io.cwd), templates[template]));
  }
}
