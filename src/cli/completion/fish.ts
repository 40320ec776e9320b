import { COMMON_FLAGS, type Flag, SUBCOMMANDS, type Subcommand } from "../grammar.ts";

export const fishScript = (names: readonly string[]): string => `\
# fish completion of pgconflint, as "pgconflint completion fish" prints it.
function __pgconflint_is --description 'is that the command of the line?'
    for word in (commandline -opc)[2..-1]
        if contains -- $word ${SUBCOMMANDS.map(({ name }) => name).join(" ")}
            test $word = $argv[1]
            return
        end
    end
    test $argv[1] = check
end

function __pgconflint_names
    printf '%s\\n' ${names.join(" ")}
end

complete -c pgconflint -e
${SUBCOMMANDS.map(({ name, describe }) => `complete -c pgconflint -n '__fish_is_first_arg' -a ${name} -d ${quoted(describe)}`).join("\n")}
${COMMON_FLAGS.map((flag) => lineOf(flag)).join("\n")}
${SUBCOMMANDS.flatMap(linesOf).join("\n")}
`;

const quoted = (text: string) => `'${text.replaceAll(/['\\]/g, "\\$&")}'`;

function linesOf({ name, operands, words, flags }: Subcommand): string[] {
  const here = `__pgconflint_is ${name}`;
  const lines = flags.map((flag) => lineOf(flag, here));
  if (operands === "<name>") lines.push(`complete -c pgconflint -n '${here}' -f -a '(__pgconflint_names)'`);
  if (words.length > 0) {
    const notYet = `${here}; and not __fish_seen_subcommand_from ${words.join(" ")}`;
    lines.push(`complete -c pgconflint -n '${notYet}' -f -a '${words.join(" ")}'`);
  }
  return lines;
}

function lineOf({ name, describe, value, words }: Flag, condition?: string): string {
  const parts = ["complete -c pgconflint"];
  if (condition) parts.push(`-n '${condition}'`);
  parts.push(`-l ${name === "color" ? "no-color" : name}`);
  // fish knows no value that may be missing; one behind = is completed all the same.
  if (value === "next") parts.push("-r");
  if (words.length > 0) parts.push(`-f -a '${words.join(" ")}'`);
  return `${parts.join(" ")} -d ${quoted(describe)}`;
}
