import { COMMON_FLAGS, type Flag, SUBCOMMANDS, type Subcommand } from "../grammar.ts";

/** Without the package bash-completion, and for the bash 3.2 of macOS as well. */
export const bashScript = (names: readonly string[]): string => `\
# bash completion of pgconflint, as "pgconflint completion bash" prints it.
_pgconflint() {
  local command=check said="" words="" at
  local cur=\${COMP_WORDS[COMP_CWORD]} option=\${COMP_WORDS[COMP_CWORD-1]}
  # bash takes --option=value for three words.
  if [[ $cur == "=" ]]; then
    cur=""
    option+="="
  elif [[ $option == "=" ]]; then
    option="\${COMP_WORDS[COMP_CWORD-2]}="
  fi
  for ((at = 1; at < COMP_CWORD; at++)); do
    case \${COMP_WORDS[at]} in
      ${SUBCOMMANDS.map(({ name }) => name).join("|")})
        command=\${COMP_WORDS[at]}
        said=" \${COMP_WORDS[*]:at+1:COMP_CWORD-at-1} "
        break
        ;;
    esac
  done
  case "$command $option" in
${SUBCOMMANDS.flatMap(valuesOf).join("\n")}
    *=) ;;
    *)
      if [[ $cur == -* ]]; then
        case $command in
${SUBCOMMANDS.map(flagsOf).join("\n")}
        esac
      else
        case $command in
${SUBCOMMANDS.flatMap(operandsOf).join("\n")}
        esac
        [[ $COMP_CWORD != 1 ]] || words="${SUBCOMMANDS.map(({ name }) => name).join(" ")}"
      fi
      ;;
  esac
  # Where there is nothing to say, bash completes files.
  COMPREPLY=($(compgen -W "$words" -- "$cur"))
}

_pgconflint_names() {
  echo "${names.join(" ")}"
}

complete -o bashdefault -o default -F _pgconflint pgconflint
`;

/** One line for all flags of a command that take the same words; those that take any value leave it to files. */
function valuesOf({ name, flags }: Subcommand): string[] {
  return flags
    .filter(({ value }) => value !== "none")
    .map(({ name: flag, value, words }) => {
      const pattern = [value === "next" && `"${name} --${flag}"`, `"${name} --${flag}="`]
        .filter(Boolean)
        .join("|");
      return `    ${pattern}) ${words.length > 0 ? `words="${words.join(" ")}" ` : ""};;`;
    });
}

const flagsOf = ({ name, flags }: Subcommand) =>
  `          ${name}) words="${dashed([...flags, ...COMMON_FLAGS])}" ;;`;

const dashed = (flags: readonly Flag[]) =>
  flags.map(({ name }) => (name === "color" ? "--no-color" : `--${name}`)).join(" ");

function operandsOf({ name, operands, words }: Subcommand): string[] {
  if (operands === "<name>") return [`          ${name}) words=$(_pgconflint_names) ;;`];
  if (words.length === 0) return [];
  const already = words.map((word) => `*" ${word} "*`).join("|");
  return [
    `          ${name})
            case $said in
              ${already}) ;;
              *) words="${words.join(" ")}" ;;
            esac
            ;;`,
  ];
}
