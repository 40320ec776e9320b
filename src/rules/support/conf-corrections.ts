import { settingIn } from "../../catalog/postgres.ts";
import type { Version } from "../../catalog/version.ts";
import type { Edit } from "../../engine/rule.ts";
import type { Source, Span } from "../../text/source.ts";
import { parseValue } from "../../values/parse.ts";
import { written } from "./conf.ts";
import { numberCandidates } from "./numbers.ts";

/** What was probably meant by a line that does not parse, and how to write it. */
export interface Correction {
  readonly say: string;
  readonly edits?: readonly Edit[];
  /** The line as it should be. */
  readonly suggested?: string;
}

interface BrokenLine {
  readonly source: Source;
  readonly span: Span;
  readonly text: string;
  readonly version: Version;
}

type Corrector = (line: BrokenLine) => Correction | undefined;

/** Nobody slips on a longer line, and to look for it there takes long. */
const MOST_CHARACTERS = 2000;

/** The first that recognises the line speaks. */
export function correctLine(source: Source, span: Span, version: Version): Correction | undefined {
  const line = { source, span, text: source.text.slice(span.start, span.end), version };
  if (line.text.length > MOST_CHARACTERS) return undefined;
  for (const correct of correctors) {
    const correction = correct(line);
    if (correction) return correction;
  }
  return undefined;
}

/** Replaces `length` characters at `at` of the line. */
function edit(
  line: BrokenLine,
  at: number,
  length: number,
  text: string,
): Pick<Correction, "edits" | "suggested"> {
  const start = line.span.start + at;
  return {
    edits: [{ place: { source: line.source, span: { start, end: start + length } }, text }],
    suggested: (line.text.slice(0, at) + text + line.text.slice(at + length)).trim(),
  };
}

const foreignComment: Corrector = (line) => {
  const [, indent = "", mark] = /^(\s*)(--+|\/\/+|;+|%+|rem\b)/i.exec(line.text) ?? [];
  return (
    (mark && {
      say: `a comment starts with #, not with ${mark}`,
      ...edit(line, indent.length, mark.length, "#"),
    }) ||
    undefined
  );
};

const section: Corrector = (line) =>
  /^\s*\[[^\]]*\]\s*$/.test(line.text)
    ? { say: "postgresql.conf has no sections", ...edit(line, line.text.indexOf("["), 0, "# ") }
    : undefined;

const mergeConflict: Corrector = ({ text }) =>
  /^(?:<{7}|={7}|>{7}|\|{7})(?: |$)/.test(text)
    ? { say: "a merge conflict was left in the file" }
    : undefined;

const byteOrderMark: Corrector = (line) =>
  line.text.startsWith("\ufeff")
    ? {
        say: "the file starts with a byte order mark, which the server takes for a word",
        ...edit(line, 0, 1, ""),
      }
    : undefined;

const sqlStatement: Corrector = (line) => {
  const set =
    /^\s*(?:alter\s+system\s+)?set\s+(?:(?:local|session)\s+)?([\w.]+)\s*(?:=|\bto\b)\s*(.*)$/i.exec(
      line.text,
    );
  if (set) {
    const [whole, name = "", rest = ""] = set;
    const value = rest.trimEnd().replace(/;$/, "").trimEnd();
    return {
      say: "this is an SQL statement; a configuration file has name = value",
      ...edit(line, 0, whole.length, `${name} = ${value}`),
    };
  }
  return /^\s*(?:select|alter|create|grant|revoke|drop|insert|update|delete|do)\s.*\w/i.test(line.text)
    ? { say: "this is an SQL statement; it belongs into psql" }
    : undefined;
};

const exported: Corrector = (line) => {
  const prefix = /^\s*export\s+(?=\w+\s*=)/.exec(line.text)?.[0];
  return prefix === undefined
    ? undefined
    : { say: "this is no shell script", ...edit(line, 0, prefix.length, "") };
};

const quotedName: Corrector = (line) => {
  const match = /^(\s*)(["'])([A-Za-z_][\w.]*)\2/.exec(line.text);
  const [, indent = "", , name = ""] = match ?? [];
  return match
    ? { say: "a name stands without quotes", ...edit(line, indent.length, name.length + 2, name) }
    : undefined;
};

const dashedName: Corrector = (line) => {
  const [, indent = "", name] = /^(\s*)([A-Za-z_]\w*(?:-\w+)+)(?=[\s=])/.exec(line.text) ?? [];
  const plain = name?.replaceAll("-", "_") ?? "";
  if (!name || !settingIn(line.version, plain)) return undefined;
  return { say: "names have underscores, not dashes", ...edit(line, indent.length, name.length, plain) };
};

const colon: Corrector = (line) => {
  const [head, name] = /^\s*([A-Za-z_][\w.]*)\s*:=?\s*(?=\S)/.exec(line.text) ?? [];
  if (head === undefined || name === undefined) return undefined;
  return {
    say: "name and value are parted by =, not by a colon",
    ...edit(line, 0, head.length, `${name} = `),
  };
};

/** Everything from here on is about `name = value`. */
const LINE = /^(\s*([A-Za-z_\u0080-\uffff][\w.\u0080-\uffff]*)[ \t]*=?[ \t]*)(.*?)\s*$/;

const doubledEquals: Corrector = (line) => {
  const head = /^\s*[\w.]+\s*=/.exec(line.text)?.[0];
  const more = head && /^[ \t=]*=/.exec(line.text.slice(head.length))?.[0];
  return more ? { say: "one = is enough", ...edit(line, head.length, more.length, "") } : undefined;
};

const noValue: Corrector = (line) => {
  const [, , name, rest] = LINE.exec(line.text) ?? [];
  if (!name || rest === undefined || !(rest === "" || rest.startsWith("#"))) return undefined;
  const empty = settingIn(line.version, name)?.type === "string" ? "; an empty value is ''" : "";
  return {
    say: `${name} has no value${empty}`,
    // Blanks of the server's: what else looks like one, such as a byte order mark, is part of the name.
    ...edit(line, /^[ \t]*/.exec(line.text)?.[0].length ?? 0, 0, "#"),
  };
};

const sqlComment: Corrector = (line) => {
  const at = /^\s*[\w.]+\s*=?\s*(?:'(?:[^'\\]|\\.|'')*'|[^\s#']+)(\s+)(?=--|\/\/|;)/.exec(line.text)?.[0]
    .length;
  if (at === undefined) return undefined;
  const mark = /^(?:--|\/\/|;)+/.exec(line.text.slice(at))?.[0] ?? "";
  return { say: `a comment starts with #, not with ${mark}`, ...edit(line, at, mark.length, "#") };
};

const trailingMark: Corrector = (line) => {
  const at = /^\s*[\w.]+\s*=?\s*(?:'(?:[^'\\]|\\.|'')*'|[^\s#';,]+)\s*(?=[;,]\s*(?:#.*)?$)/.exec(
    line.text,
  )?.[0].length;
  if (at === undefined) return undefined;
  return { say: `nothing stands behind a value, no "${line.text[at]}" either`, ...edit(line, at, 1, "") };
};

/** What remains is mostly a value that must be quoted. Said only where the server takes the quoted value. */
const unquotedValue: Corrector = (line) => {
  const [, head = "", name = "", rest = ""] = LINE.exec(line.text) ?? [];
  const setting = settingIn(line.version, name);
  if (!setting || rest === "") return undefined;
  const [value = "", comment = ""] = splitComment(rest);
  const bare = value.replace(/^(["'\u2018\u2019\u201c\u201d])(.*?)["'\u2018\u2019\u201c\u201d]?$/, "$2");
  for (const text of [bare, ...numberCandidates(setting, bare, line.version)]) {
    const parsed = parseValue(setting, text, { version: line.version, shown: name, current: () => "" });
    if ("message" in parsed || written(text) === value) continue;
    const say = value.startsWith('"') ? "values take single quotes" : "this value needs single quotes";
    return {
      say: written(text) === text ? "a number and its unit stand together" : say,
      ...edit(line, head.length, value.length, written(text)),
    };
  }
  return comment === "" ? undefined : { say: "a value of more than one word needs single quotes" };
};

function splitComment(rest: string): [value: string, comment: string] {
  const at = rest.search(/\s+#/);
  return at === -1 ? [rest, ""] : [rest.slice(0, at), rest.slice(at)];
}

const correctors: readonly Corrector[] = [
  byteOrderMark,
  mergeConflict,
  foreignComment,
  section,
  sqlStatement,
  exported,
  quotedName,
  dashedName,
  colon,
  doubledEquals,
  noValue,
  sqlComment,
  trailingMark,
  unquotedValue,
];
