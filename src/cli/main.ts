import { TOOL } from "../api/tool.ts";
import { printable } from "../report/printable.ts";
import { redact } from "../text/redact.ts";
import { type Args, flag, parseArgs } from "./args.ts";
import { check } from "./check.ts";
import { type ExitCode, type Io, say, trace } from "./io.ts";
import { isUsers } from "./users.ts";

/** Runs one command line; the exit code is what it returns. */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
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
    case "compare":
      return (await import("./compare.ts")).compare(args, io);
    case "report":
      return (await import("./report.ts")).report(args, io);
    case "tune":
      return (await import("./tune.ts")).tune(args, io);
    case "upgrade":
      return (await import("./upgrade.ts")).upgrade(args, io);
    case "hba":
      return (await import("./hba.ts")).hba(args, io);
    case "host":
      return (await import("./host.ts")).host(args, io);
    case "rules":
      return (await import("./rules.ts")).listRules(args, io);
    case "explain":
      return (await import("./explain.ts")).explain(args, io);
    case "init":
      return (await import("./init.ts")).init(args, io);
    case "completion":
      return (await import("./completion.ts")).completion(args, io);
    default:
      return check(args, io);
  }
}

function fail(error: unknown, argv: readonly string[], io: Io): ExitCode {
  if (isUsers(error)) {
    say(io, error.message);
    return 2;
  }
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const line = `${reason}; this is a bug, please report it with the command line: pgconflint ${argv.join(" ")}`;
  io.stderr(`pgconflint ${TOOL.version}: ${printable(redact(line))}\n`);
  if (error instanceof Error) trace(error, io);
  return 3;
}
