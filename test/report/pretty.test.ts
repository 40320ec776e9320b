import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding, Report } from "../../src/engine/report.ts";
import { colors } from "../../src/report/paint.ts";
import { pretty } from "../../src/report/pretty.ts";

const finding: Finding = {
  rule: "server/invalid-number",
  severity: "error",
  message: 'work_mem = 64 mb: there is no unit "mb".',
  path: "postgresql.conf",
  line: 2,
  column: 12,
  endLine: 2,
  endColumn: 19,
  help: "https://example.org",
};

const reportOf = (...findings: Finding[]): Report => ({
  schema: 1,
  tool: { name: "pgconflint", version: "0.0.0" },
  target: {},
  files: [
    { path: "postgresql.conf", kind: "postgresql.conf" },
    { path: "userlist.txt", kind: "userlist.txt" },
  ],
  findings,
  suppressed: 0,
  summary: { error: findings.length, warning: 0, info: 0 },
});

/** The report about files whose lines these are, in ASCII unless told otherwise. */
function printed(
  findings: readonly Finding[],
  files: Readonly<Record<string, readonly string[]>>,
  options: { readonly unicode?: boolean; readonly color?: boolean } = {},
): string {
  return pretty(reportOf(...findings), {
    unicode: options.unicode ?? false,
    paint: options.color ? colors() : undefined,
    line: (path, line) => files[path]?.[line - 1],
  });
}

const conf = (...lines: string[]) => ({ "postgresql.conf": ["", ...lines] });

test("a finding shows its line, the server's words and what to write", () => {
  const server = {
    effect: "refuses",
    when: "start",
    message: 'invalid value for parameter "work_mem": "64 mb"',
    detail: "Something more.",
  } as const;
  expect(printed([{ ...finding, server, suggested: "64MB" }], conf("work_mem = '64 mb'  # per sort"))).toBe(
    `error[server/invalid-number]: work_mem = 64 mb: there is no unit "mb".
 --> postgresql.conf:2:12
2 | work_mem = '64 mb'  # per sort
  |            ^^^^^^^
  = server: does not start: invalid value for parameter "work_mem": "64 mb" -- Something more.
  = help: write 64MB
`,
  );
});

test.each([
  [{ effect: "refuses", when: "login", message: "m" }, "does not log anybody in: m"],
  [{ effect: "refuses", when: "reload", message: "m" }, "does not reload: m"],
  [{ effect: "ignored", when: "read", message: "m" }, "ignored: m"],
  [{ effect: "warns", when: "start", message: "m" }, "warns: m"],
] as const)("what the server does: %j", (server, words) => {
  expect(printed([{ ...finding, server }], conf("x"))).toContain(`= server: ${words}\n`);
});

test("two findings are parted by an empty line, and none at all are nothing", () => {
  expect(printed([finding, finding], conf("x")).split("\n\n")).toHaveLength(2);
  expect(printed([], {})).toBe("");
});

test("the other places of a finding show their own lines", () => {
  const related = [
    { path: "postgresql.conf", line: 12, message: "this line counts" },
    { path: "conf.d/a.conf", line: 1, message: "and this one" },
  ];
  const files = {
    "postgresql.conf": ["", "work_mem = 1MB", ...Array(9).fill(""), "work_mem = 2MB"],
    "conf.d/a.conf": ["work_mem = 3MB"],
  };
  expect(printed([{ ...finding, column: 1, endColumn: 9, related }], files)).toBe(
    `error[server/invalid-number]: work_mem = 64 mb: there is no unit "mb".
  --> postgresql.conf:2:1
 2 | work_mem = 1MB
   | ^^^^^^^^
   = note: line 12: this line counts
12 | work_mem = 2MB
   = note: conf.d/a.conf:1: and this one
 1 | work_mem = 3MB
`,
  );
});

test("no finding takes more than eight lines", () => {
  const server = { effect: "refuses", when: "start", message: "m" } as const;
  for (const others of [0, 1, 2, 3, 20]) {
    const related = Array.from({ length: others }, (_, at) => ({
      path: "postgresql.conf",
      line: at + 1,
      message: "other",
    }));
    const lines = printed([{ ...finding, server, suggested: "x", related }], conf("work_mem = '64 mb'"));
    expect(lines.trimEnd().split("\n").length, `${others} others`).toBeLessThanOrEqual(8);
    expect(lines.includes("= note: line 1: other")).toBe(others > 0);
  }
});

describe("the line", () => {
  /** The line of the source and the one that marks the span. */
  const frame = (line: string, column: number, endColumn: number, unicode = true) => {
    const text = printed([{ ...finding, column, endColumn }], conf(line), { unicode });
    return text.split("\n").slice(2, 4);
  };

  test("keeps the mark below what it is about behind tabs, wide characters and accents", () => {
    expect(frame("a\t= b", 5, 6)).toEqual(["2 │ a    = b", "  │        ━"]);
    expect(frame("'表😀e\u0301' x", 9, 10)).toEqual(["2 │ '表😀e\u0301' x", "  │         ━"]);
  });

  test("is cut round a span far to the right, and where it goes on for long", () => {
    const [line, mark] = frame(`${"a".repeat(500)}BBB${"c".repeat(500)}`, 501, 504);
    expect(line).toBe(`2 │ ...${"a".repeat(30)}BBB${"c".repeat(87)}...`);
    expect(mark).toBe(`  │ ${" ".repeat(33)}━━━`);
    expect(frame("x".repeat(1000), 1, 1000)[1]).toBe(`  │ ${"━".repeat(120)}`);
    expect(frame("😀".repeat(200), 301, 303)[0]).toMatch(/^2 │ \.\.\.(?:😀)+\.\.\.$/u);
  });

  test("is marked to its end where the span goes on below, and once where the span is empty", () => {
    expect(printed([{ ...finding, endLine: 3, endColumn: 2 }], conf("work_mem = '64", "'"))).toContain(
      "\n  |            ^^^\n",
    );
    expect(frame("x = ", 5, 5, false)).toEqual(["2 | x = ", "  |     ^"]);
  });

  test("shows no Windows line end", () => {
    expect(frame("port = x\r", 8, 9)).toEqual(["2 │ port = x", "  │        ━"]);
  });

  test("that nobody has is left out", () => {
    expect(printed([finding], {})).toBe(
      'error[server/invalid-number]: work_mem = 64 mb: there is no unit "mb".\n --> postgresql.conf:2:12\n',
    );
  });
});

test("no byte of a file reaches the terminal as a command", () => {
  const evil = "a\u001b[2J\u009b31m\u0007\u202eb\u200b\r\nc";
  const related = [{ path: evil, line: 1, message: evil }];
  const server = { effect: "ignored", when: "read", message: evil, detail: evil } as const;
  const all = { ...finding, path: evil, message: evil, suggested: evil, related, server };
  expect(printed([all], { [evil]: [evil, evil] }, { unicode: true })).not.toMatch(
    /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202e]/,
  );
  expect(printed([all], { [evil]: [evil, evil] })).toMatch(/^[\n -~]*$/);
});

test("whatever the file, the terminal gets printable lines, ASCII where it shows no more", () => {
  const text = fc.string({ unit: "binary", maxLength: 300 });
  fc.assert(
    fc.property(text, text, fc.nat(320), fc.nat(320), (line, message, column, length) => {
      const odd = { ...finding, message, column: column + 1, endColumn: column + 1 + length };
      expect(printed([odd], conf(line))).toMatch(/^[\t\n -~]*$/);
      expect(printed([odd], conf(line), { unicode: true })).not.toMatch(/[^\t\n\P{Cc}]|\p{Cf}/u);
    }),
  );
});

describe("secrets", () => {
  test("in a line are masked, and the whole line is marked", () => {
    const line = "primary_conninfo = 'host=a password=hunter2'";
    expect(printed([{ ...finding, column: 1, endColumn: 17 }], conf(line))).toContain(
      "2 | primary_conninfo = 'host=a password=***'\n  | ^^^^^^^^",
    );
  });

  test("in a userlist are masked whatever they look like, in the line of another place as well", () => {
    const list = ["", '"app" "hunter2"'];
    const inList = { ...finding, path: "userlist.txt", column: 1, endColumn: 6 };
    expect(printed([inList], { "userlist.txt": list })).toContain('2 | "app" "***"\n');
    const related = [{ path: "userlist.txt", line: 2, message: "this user" }];
    const text = printed([{ ...finding, related }], { ...conf("x"), "userlist.txt": list });
    expect(text).toContain('2 | "app" "***"');
    expect(text).not.toContain("hunter2");
  });
});

test("what quotes a whole file is cut in the middle", () => {
  const long = `start ${"z".repeat(5000)} end`;
  const [message] = printed([{ ...finding, message: long }], {}).split("\n");
  expect(message).toMatch(/^error\[server\/invalid-number\]: start z+ \.\.\. z+ end$/);
  expect(message?.length).toBeLessThan(450);
});

test("colours are only where they are wanted", () => {
  expect(printed([finding], conf("x"), { color: true })).toContain("\u001b[31m");
  expect(printed([finding], conf("x"))).not.toContain("\u001b");
});
