/** What goes into pgconflint.ini, by the option of that name; undefined for a key that is left to others. */
export type Answers = ReadonlyMap<string, string | undefined>;

interface Block {
  readonly why: readonly string[];
  /** Options with what their keys show where they have no value. */
  readonly keys: Readonly<Record<string, string>>;
}

/** The file: each key with what it is for, and those that nobody has set as comments. `running` are known releases. */
export function configText(
  answers: Answers,
  running: { postgres?: string; pgbouncer?: string } = {},
): string {
  const target: Block = {
    why: [
      "The releases that run. Without them PG_VERSION, the path or a comment in a file tells,",
      "else it is the newest.",
    ],
    keys: { postgres: running.postgres ?? "17", pgbouncer: running.pgbouncer ?? "1.25" },
  };
  const sections: Readonly<Record<string, readonly Block[]>> = { target: [target], ...SECTIONS };
  const parts = Object.entries(sections).map(([name, blocks]) => [
    `[${name}]`,
    ...blocks.flatMap(({ why, keys }) => [
      ...why.map((line) => `# ${line}`),
      ...Object.entries(keys).map(([option, example]) => lineOf(option, answers.get(option), example)),
    ]),
  ]);
  return [HEAD, ...parts].map((lines) => lines.map((line) => `${line}\n`).join("")).join("\n");
}

const lineOf = (option: string, value: string | undefined, example: string) =>
  `${value === undefined ? "# " : ""}${keyOf(option)} = ${value ?? example}`;

/** Ids of rules are written as they are. */
const keyOf = (option: string) => (option.includes("/") ? option : option.replaceAll("-", "_"));

const HEAD = [
  "# How pgconflint checks the configuration in this directory and below it. All keys:",
  "# https://github.com/pgconflint/pgconflint/blob/main/docs/guide/configuration.md",
];

const SECTIONS: Readonly<Record<string, readonly Block[]>> = {
  host: [
    {
      why: [
        "The server's machine; without it nothing is said about sizes.",
        "On the server, pgconflint host --save fills this in.",
      ],
      keys: { memory: "32GB", cpus: "8", disk: "ssd" },
    },
  ],
  check: [
    {
      why: ["From which severity on a finding makes the exit code 1: error, warning, info, never."],
      keys: { "fail-on": "error" },
    },
    { why: ["Whose rules: default, strict, cis, stig."], keys: { profile: "default" } },
    {
      why: ["Findings that are known and not told again; pgconflint check --update-baseline records them."],
      keys: { baseline: "pgconflint-baseline.json" },
    },
  ],
  rules: [
    {
      why: ["off, on, or another severity, for a rule or for a whole topic."],
      keys: { "access/trust-local": "off" },
    },
  ],
};
