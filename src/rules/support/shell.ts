/** A simple command of a shell line, such as those of archive_command. */
export interface ShellCommand {
  /** The name of the program without its folder; "" for a lone redirection. */
  readonly program: string;
  /** The program and its arguments, without the `nice`, `sudo` and the like before it. */
  readonly words: readonly string[];
  /** Files that it writes through >. */
  readonly writes: readonly string[];
  /** What stands before it. */
  readonly after: string;
}

export interface ShellLine {
  readonly commands: readonly ShellCommand[];
  /** It has `if`, loops or groups, whose status is not simply that of the last command. */
  readonly structured: boolean;
  /** It ends with &, and nobody waits for it. */
  readonly background: boolean;
  /** `set -e` or `sh -e`: the first failure ends it. */
  readonly stopsAtFailure: boolean;
  readonly pipefail: boolean;
}

/** The parts of a line: an operator, a redirection, or a word, whose quotes may have anything inside. */
const TOKEN =
  /[ \t\r]*(?:#[^\n]*|(?<operator>&&|\|\||;;|[;|\n()]|&(?!>))|(?<redirect>&>>?|\d*(?:>>|>\||>&|<&|<<<?|>|<))|(?<word>(?:'[^']*'|"(?:[^"\\]|\\[\s\S])*"|\\[\s\S]|\$\((?:[^()]|\([^()]*\))*\)|`[^`]*`|[^\s'"\\;&|<>()])+)|[\s\S])/y;

const STRUCTURE = new Set("if then else elif fi for while until do done case esac { }".split(" "));
const WRAPPERS = new Set("nice ionice sudo env timeout nohup time chrt exec command setsid".split(" "));
const SHELLS = new Set(["sh", "bash", "dash", "ksh", "zsh"]);

/** What a shell makes of a line; what stands in `sh -c '…'` is read in its place. */
export function readShell(text: string): ShellLine {
  const line = readLine(text);
  const [only, ...others] = line.commands;
  if (!only || others.length > 0 || !SHELLS.has(only.program)) return line;
  const at = only.words.findIndex((word) => /^-[a-z]*c$/.test(word));
  const script = at === -1 ? undefined : only.words[at + 1];
  if (script === undefined) return line;
  const inner = readLine(script);
  const options = only.words.slice(1, at + 1);
  return {
    ...inner,
    stopsAtFailure: inner.stopsAtFailure || options.some((word) => /^-[a-z]*e/.test(word)),
    pipefail: inner.pipefail || options.includes("pipefail"),
  };
}

function readLine(text: string): ShellLine {
  const commands: ShellCommand[] = [];
  let words: string[] = [];
  let writes: string[] = [];
  let after = "";
  let redirect = "";
  let structured = false;
  const finish = (operator: string) => {
    if (words.length > 0 || writes.length > 0) {
      const own = withoutWrappers(words);
      commands.push({ program: nameOf(own[0] ?? ""), words: own, writes, after });
      [words, writes, after] = [[], [], operator];
    } else if (operator !== "\n") after = operator;
  };
  for (TOKEN.lastIndex = 0; TOKEN.lastIndex < text.length; ) {
    const { operator, redirect: mark, word } = TOKEN.exec(text)?.groups ?? {};
    if (operator) {
      structured ||= operator === "(";
      finish(operator);
    } else if (mark) redirect = mark;
    else if (word !== undefined) {
      if (redirect) {
        if (/^(?:\d*>\|?|&>)$/.test(redirect) && !redirect.startsWith("2")) writes.push(unquoted(word));
        redirect = "";
      } else if (words.length === 0 && STRUCTURE.has(word)) structured = true;
      else if (words.length > 0 || (word !== "!" && !/^\w+=/.test(word))) words.push(unquoted(word));
    }
  }
  const background = after === "&" && words.length === 0 && writes.length === 0;
  finish("");
  const sets = commands.filter(({ program }) => program === "set").map(({ words: said }) => said.join(" "));
  return {
    commands,
    structured,
    background,
    stopsAtFailure: sets.some((said) => /^set -[a-z]*e/.test(said)),
    pipefail: sets.some((said) => said.includes("pipefail")),
  };
}

const unquoted = (word: string): string =>
  word.replace(/'([^']*)'|"((?:[^"\\]|\\[\s\S])*)"|\\([\s\S])/g, (_whole, single, double, escaped) =>
    String(single ?? double?.replace(/\\(["\\$`])/g, "$1") ?? escaped),
  );

/** What is behind `nice -n 19 ionice -c2 sudo -u backup`. */
function withoutWrappers(words: readonly string[]): readonly string[] {
  let at = 0;
  let wrapped = false;
  for (; at < words.length; at++) {
    const word = words[at] ?? "";
    if (WRAPPERS.has(nameOf(word))) wrapped = true;
    else if (!wrapped || !/^(?:-|\d+[smh]?$|\w+=)/.test(word)) break;
    else if (word === "-u" || word === "-g") at++;
  }
  return words.slice(at);
}

const nameOf = (word: string): string => word.slice(word.lastIndexOf("/") + 1);
