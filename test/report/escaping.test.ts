import fc from "fast-check";
import { expect, test } from "vitest";
import type { Overview } from "../../src/api/overview.ts";
import type { Finding, Report } from "../../src/engine/report.ts";
import { azure } from "../../src/report/azure.ts";
import { checkstyle } from "../../src/report/checkstyle.ts";
import type { Extras, Format } from "../../src/report/format.ts";
import { github } from "../../src/report/github.ts";
import { gitlab } from "../../src/report/gitlab.ts";
import { html } from "../../src/report/html.ts";
import { junit } from "../../src/report/junit.ts";
import { markdown } from "../../src/report/markdown.ts";
import { sarif } from "../../src/report/sarif.ts";

/** One finding, a line and pictures, with this text wherever a file's own words can stand. */
function aboutText(text: string): [Report, Extras] {
  const finding: Finding = {
    rule: "server/syntax-error",
    severity: "error",
    message: text,
    path: text,
    line: 1,
    column: 1,
    endLine: 1,
    endColumn: 4,
    setting: text,
    current: text,
    suggested: text,
    apply: "reload",
    server: { effect: "refuses", when: "start", message: text, detail: text },
    related: [{ path: text, line: 2, message: text }],
    fix: { title: text, safe: true, edits: [{ path: text, start: 0, end: 1, text }] },
    controls: [`CIS ${text}`],
    help: "https://example.org/help",
  };
  const overview: Overview = {
    path: text,
    memory: {
      from: text,
      budget: {
        memory: 100,
        kept: 10,
        usable: 90,
        parts: [{ name: "queries", worst: 50, likely: 20, arithmetic: text }],
        worst: { sessions: 5, taken: 50, left: 40, fits: true },
        likely: { sessions: 2, taken: 20, left: 70, fits: true },
      },
    },
    access: [
      {
        path: text,
        server: text,
        dialect: "postgres",
        listens: "remote",
        refusal: null,
        lines: 1,
        rows: [
          {
            from: [text],
            users: [text],
            databases: [text],
            method: text,
            options: [text],
            strength: "nothing",
            why: text,
            encryption: "optional",
            lines: [{ path: text, line: 1 }],
            except: [{ path: text, line: 2 }],
            witness: {
              user: text,
              database: text,
              address: text,
              tls: false,
              gss: false,
              roles: { [text]: { memberOf: [text] } },
              interfaces: [text],
              hostnames: { [text]: [text] },
            },
            unless: [text],
          },
        ],
        rest: true,
        unused: [{ path: text, line: 2, text, because: text }],
        notes: [text],
      },
    ],
  };
  const report: Report = {
    schema: 1,
    tool: { name: "pgconflint", version: "0.0.0" },
    target: { postgres: { version: "16", from: text } },
    files: [{ path: text, kind: "postgresql.conf" }],
    findings: [finding],
    suppressed: 0,
    summary: { error: 1, warning: 0, info: 0 },
  };
  return [
    report,
    { line: () => text, rules: [], settings: 1, fails: () => true, overviews: [overview, overview] },
  ];
}

const printed = (format: Format, text: string) => format(...aboutText(text));

const texts = fc.oneof(
  fc.string({ unit: "binary", maxLength: 80 }),
  fc.string({ unit: "binary-ascii", maxLength: 80 }),
  fc
    .array(
      fc.constantFrom(
        "<",
        ">",
        "&",
        '"',
        "'",
        "]]>",
        "-->",
        "<!--",
        "&amp;",
        "\n",
        "\r",
        "\0",
        "\u001b",
        "\t",
        "::",
        "%",
        "%0A",
        ",",
        "|",
        "`",
        "```",
        "</pre>",
        "<script>",
        "a",
        " ",
      ),
      { maxLength: 30 },
    )
    .map((parts) => parts.join("")),
);
/** A text without any meaning, which shows how a format looks where nothing is escaped. */
const PLAIN = "plain";

/** The tags of XML or HTML with their attributes' names; throws where it is not well-formed. */
function skeleton(text: string): string[] {
  const tags: string[] = [];
  const open: string[] = [];
  const rest = text.replace(/^<\?xml version="1\.0" encoding="UTF-8"\?>|^<!DOCTYPE html>/, "");
  const other = rest.replace(
    /<(\/?)([\w:-]+)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/g,
    (_, close, name, attributes, empty) => {
      if (close) {
        if (open.pop() !== name) throw new Error(`</${name}> closes nothing`);
      } else if (!empty && name !== "meta") open.push(name);
      tags.push(`${close}${name}${attributes.replace(/="[^"]*"/g, "")}`);
      return "";
    },
  );
  if (open.length > 0) throw new Error(`<${open.at(-1)}> is not closed`);
  if (/[<]|&(?!(?:amp|lt|gt|quot|#\d+);)/.test(other.replace(/:root\{[\s\S]*?\n(?=<)/, "")))
    throw new Error(`markup: ${other}`);
  return tags;
}

/** Characters that XML 1.0 has no way to write. */
const NO_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u;

test.each([
  ["checkstyle", checkstyle],
  ["junit", junit],
  ["html", html],
] as const)("whatever the text, %s keeps its form", (_, format) => {
  const form = skeleton(printed(format, PLAIN));
  fc.assert(
    fc.property(texts, (text) => {
      const whole = printed(format, text);
      expect(whole).not.toMatch(NO_XML);
      // What is empty needs no code or frame.
      if (text.trim() !== "") expect(skeleton(whole)).toEqual(form);
      else skeleton(whole);
    }),
  );
});

test("an attribute of XML gives the text back", () => {
  const message = /message="([^"]*)"/.exec(printed(checkstyle, `<a href="b">&amp; 'c'\t\u0007`))?.[1];
  expect(message).toMatch(
    /^&lt;a href=&quot;b&quot;&gt;&amp;amp; &#39;c&#39;&#9;\\x07&#10;The server does not start: /,
  );
});

test("whatever the text, there is one workflow command, and nothing ends it early", () => {
  fc.assert(
    fc.property(texts, (text) => {
      const whole = printed(github, text);
      expect(whole).toMatch(
        /^::error file=[^:,\r\n]*,line=1,endLine=1,col=1,endColumn=3,title=server\/syntax-error::[^\r\n]*\n$/,
      );
      expect(whole).not.toMatch(/%(?!25|0A|0D|3A|2C)/);
    }),
  );
  expect(printed(github, "50%,\n::error::x: y")).toContain(
    "::error file=50%25%2C\\x0a%3A%3Aerror%3A%3Ax%3A y,line=1,",
  );
});

test("whatever the text, there is one logging command, and nothing ends it or its properties early", () => {
  fc.assert(
    fc.property(texts, (text) => {
      expect(printed(azure, text)).toMatch(
        /^##vso\[task\.logissue type=error;sourcepath=[^;\]\r\n]*;linenumber=1;columnnumber=1;code=server\/syntax-error;\][^\r\n]*\n$/,
      );
    }),
  );
  expect(printed(azure, "50%;]\n##vso[task.setvariable]")).toContain(
    "sourcepath=50%AZP25%3B%5D\\x0a##vso[task.setvariable%5D;linenumber=1;",
  );
});

test("Azure Pipelines is told errors and warnings only, as it has no third kind", () => {
  const [report, extras] = aboutText("a");
  const [first] = report.findings;
  const findings = (["info", "warning", "error"] as const).flatMap((severity) =>
    first ? [{ ...first, severity }] : [],
  );
  const types = [...azure({ ...report, findings }, extras).matchAll(/ type=(\w+);/g)].map(([, type]) => type);
  expect(types).toEqual(["error", "warning"]);
});

test("a finding over several lines has no columns, which GitHub would refuse", () => {
  const [report] = aboutText("a");
  const findings = report.findings.map((finding) => ({ ...finding, endLine: 3 }));
  expect(github({ ...report, findings })).toMatch(/^::error file=a,line=1,endLine=3,title=/);
});

test.each([
  ["sarif", sarif],
  ["gitlab", gitlab],
] as const)("whatever the text, %s is JSON", (_, format) => {
  fc.assert(fc.property(texts, (text) => void JSON.parse(printed(format, text))));
});

/** Markdown without its code, in which nothing has a meaning. */
const withoutCode = (text: string) =>
  text
    .replaceAll("&#8203;", "\u200b")
    .replace(/^(`{3,})\n[\s\S]*?\n\1$/gm, "")
    .replace(/<code>[^<]*<\/code>/g, "")
    .replace(/(?<![\\`])(`+)(?!`)([\s\S]*?[^`])\1(?!`)/g, "");

test.each([
  "<img src=x onerror=alert(1)>",
  "</details><script>",
  "@octocat @org/team",
  "fixes #1, closes org/repo#2, !3 and ~bug",
  "[link](https://evil.example) ![picture](https://evil.example/a.png)",
  "https://evil.example www.evil.example mail@evil.example",
  "a | b | c",
  "`code` ``` fence",
  "*bold* _it_ ~~gone~~ $x^2$ # head",
  ":smile: &lt; \\",
  "\n\n# head\n- item",
  "- item",
  "1. item",
])("no markup gets into a comment: %j", (text) => {
  const comment = withoutCode(printed(markdown, text));
  expect(comment).not.toMatch(/@\w|#\w|[!~]\w|:\/\/evil|www\.|:smile:/);
  expect(comment).not.toMatch(/<(?!\/?(?:details|summary)>)/);
  expect(comment.replace(/\*\*(?:The server|Write)\*\*/g, "")).not.toMatch(/(?<!\\)(?:\\\\)*[*_~$`]/);
  expect(comment.match(/<details>/g)).toHaveLength(1);
  // Ours are the link to the rule, the head and the list of other places.
  expect(comment.match(/(?<!\\)\]\(/g)).toEqual(["]("]);
  expect(comment.match(/^#+ /gm)).toEqual(["### "]);
  expect(comment.match(/^(?:- |\d+\. )/gm)).toEqual(["- "]);
  for (const row of comment.split("\n").filter((line) => line.startsWith("|")))
    expect(row.match(/(?<!\\)\|/g)).toHaveLength(4);
});

test("a comment has room in GitHub however much there is to say, and tells what is missing", () => {
  const [report, extras] = aboutText("x".repeat(5000));
  const findings = Array.from({ length: 400 }, () => report.findings).flat();
  const comment = markdown({ ...report, findings }, extras);
  expect(comment.length).toBeLessThan(65_536);
  expect(comment).toMatch(/\n\d+ more rows did not fit here/);
  expect(comment).toMatch(/\n\d+ more findings with their details did not fit here/);
});

test("a page loads nothing and runs nothing", () => {
  const page = printed(html, "<script src=//evil></script>");
  expect(page).not.toMatch(/<script|<link|<img|<iframe|@import|url\(|\son\w+=/i);
  expect(page).toContain("default-src 'none'");
  expect([...page.matchAll(/(?:href|src)="([^"]*)"/g)].map((match) => match[1])).toEqual([
    "https://example.org/help",
  ]);
});
