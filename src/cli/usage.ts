import yargs, { type Argv, type Options } from "yargs";
import { TOOL } from "../api/tool.ts";
import { EXIT_CODES } from "./grammar.ts";
import { COMMANDS, COMMON, type Option, PARSING } from "./options.ts";

/** Help by all of yargs, from the same table as a plain run; loaded only here. */
export function program(argv: readonly string[]): Argv {
  const cli = yargs([...argv])
    .scriptName("pgconflint")
    .usage(
      "$0 [command] [paths..]\n\nReads PostgreSQL and PgBouncer configuration as the servers do, and says what they would say.",
    )
    .parserConfiguration(PARSING)
    // The rest of the program speaks English as well.
    .detectLocale(false)
    .options(optionsOf(COMMON))
    .help("help", "show help")
    .alias("help", "h")
    .version("version", "show the version", TOOL.version)
    .alias("version", "V")
    .wrap(100)
    .epilogue(`Exit codes: ${EXIT_CODES.map((meaning, code) => `${code} ${meaning}`).join(", ")}.`);
  for (const [name, { usage, describe, example, options }] of Object.entries(COMMANDS))
    cli.command(name === "check" ? ["$0 [paths..]", usage] : usage, describe, (command) =>
      command.options(optionsOf(options)).example(example, describe),
    );
  return cli;
}

const optionsOf = (options: Readonly<Record<string, Option>>): Record<string, Options> =>
  Object.fromEntries(
    Object.entries(options).map(([name, { type, describe, choices }]) => [
      name,
      { type, describe, ...(choices && { choices }), ...(type === "array" && { requiresArg: true }) },
    ]),
  );

/** The help page of a command, or of the program. */
export async function helpText(command: string | undefined): Promise<string> {
  const words = command === undefined ? ["--help"] : [command, "--help"];
  const text = await new Promise<string>((done) => {
    program(words).parse(words, {}, (_error, _argv, output) => done(output));
  });
  return `${text}\n`;
}
