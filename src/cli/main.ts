import { TOOL } from "../api/tool.ts";
import { TargetError } from "../cluster/target.ts";
import { TooManyFindings } from "../engine/too-many.ts";
import { UserError } from "../node/problem.ts";
import { printable } from "../report/printable.ts";
import { redact } from "../text/redact.ts";
import { type Args, flag, parseArgs } from "./args.ts";
import { check } from "./check.ts";
import { type ExitCode, type Io, say } from "./io.ts";

/** Runs one command line; the exit code is what it returns. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    if (argv.includes("--get-yargs-completions")) return await complete(argv, io);
    const args = parseArgs(argv);
    if (flag(args, "version")) {
      io.stdout(`${TOOL.version}\n`);
      return 0;
    }
    return await run(args, argv, io);
  } catch (error) {
    return fail(error, argv, io);
  }
}

/** Everything but `check` is loaded only when it is asked for. */
async function run(args: Args, argv: readonly string[], io: Io): Promise<ExitCode> {
  if (flag(args, "help")) {
    const { helpText } = await import("./usage.ts");
    io.stdout(await helpText(argv.includes(args.command) ? args.command : undefined));
    return 0;
  }
  switch (args.command) {
    case "show":
      return (await import("./show.ts")).show(args, io);
    case "tune":
      return (await import("./tune.ts")).tune(args, io);
    case "hba":
      return (await import("./hba.ts")).hba(args, io);
    case "host":
      return (await import("./host.ts")).host(args, io);
    case "rules":
      return (await import("./rules.ts")).listRules(args, io);
    case "explain":
      return (await import("./explain.ts")).explain(args, io);
    case "completion":
      io.stdout((await import("./usage.ts")).completionScript());
      return 0;
    default:
      return check(args, io);
  }
}

async function complete(argv: readonly string[], io: Io): Promise<ExitCode> {
  const { completions } = await import("./usage.ts");
  const words = argv.slice(argv.indexOf("--get-yargs-completions") + 1);
  io.stdout((await completions(words)).map((word) => `${word}\n`).join(""));
  return 0;
}

/** What the user can mend. */
const USERS = [UserError, TargetError, TooManyFindings];

function fail(error: unknown, argv: readonly string[], io: Io): ExitCode {
  if (USERS.some((kind) => error instanceof kind)) {
    say(io, error instanceof Error ? error.message : String(error));
    return 2;
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = `${reason}; this is a bug, please report it with the command line: pgconflint ${argv.join(" ")}`;
  io.stderr(`pgconflint ${TOOL.version}: ${printable(redact(line))}\n`);
  if (io.env.PGCONFLINT_DEBUG && error instanceof Error)
    for (const frame of error.stack?.split("\n") ?? []) io.stderr(`${printable(redact(frame))}\n`);
  return 3;
}
