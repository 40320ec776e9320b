import { COMMON_FLAGS, type Flag, SUBCOMMANDS, type Subcommand } from "../grammar.ts";

/** For a folder of fpath, where compinit finds it by its first line, or to be sourced. */
export const zshScript = (names: readonly string[]): string => `\
#compdef pgconflint
# zsh completion of pgconflint, as "pgconflint completion zsh" prints it.
_pgconflint() {
  local command=check word
  local -a common
  common=(
${COMMON_FLAGS.map(specOf).join("\n")}
  )
  for word in \${words[2,CURRENT-1]}; do
    case $word in
      (${SUBCOMMANDS.map(({ name }) => name).join("|")}) command=$word; break ;;
    esac
  done
  case $command in
${SUBCOMMANDS.map(caseOf).join("\n")}
  esac
}

_pgconflint_first() {
  local -a commands
  commands=(
${SUBCOMMANDS.map(({ name, describe }) => `    ${quoted(`${name}:${describe}`)}`).join("\n")}
  )
  _describe -t commands command commands
  _files
}

_pgconflint_names() {
  compadd -- ${names.join(" ")}
}

if [[ $funcstack[1] == _pgconflint ]]; then
  _pgconflint "$@"
else
  compdef _pgconflint pgconflint
fi
`;

const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;
const escaped = (text: string) => text.replaceAll(/[[\]:\\]/g, "\\$&");

function specOf({ name, describe, value, words, repeats }: Flag): string {
  const flag = name === "color" ? "no-color" : name;
  const sign = { none: "", next: "=", "=": "=-" }[value];
  const action = words.length > 0 ? `(${words.join(" ")})` : "_files";
  const behind = { none: "", next: `:value:${action}`, "=": `::value:${action}` }[value];
  return `    ${quoted(`${repeats ? "*" : ""}--${flag}${sign}[${escaped(describe)}]${behind}`)}`;
}

function caseOf({ name, operands, words, flags }: Subcommand): string {
  const second = words.length > 0 ? `2:what:(${words.join(" ")})` : undefined;
  const rest = operands === "<name>" ? "2:name:_pgconflint_names" : (second ?? "");
  const specs = [
    ...flags.map(specOf),
    "    $common",
    "    '1:command:_pgconflint_first'",
    ...(rest === "" ? [] : [`    ${quoted(rest)}`]),
    ...(/path|file/.test(operands) ? ["    '*:path:_files'"] : []),
  ];
  return `    (${name}) _arguments -S \\\n${specs.map((spec) => `  ${spec}`).join(" \\\n")} ;;`;
}
