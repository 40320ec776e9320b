import { CONFIDENCES, PROFILES } from "../engine/rule.ts";
import { FACTS, spelled } from "../host/facts.ts";
import { WORKLOAD_FACTS, WORKLOADS } from "../host/workload.ts";
import { FAIL_ON } from "../node/config.ts";

/** One option of the command line; help, completion, the manual page and the parser of a plain run are made from this table. */
export interface Option {
  readonly type: "string" | "boolean" | "array";
  readonly describe: string;
  readonly choices?: readonly string[];
  /** What it means without a value; such an option takes one behind an equals sign only, so that it swallows no path. */
  readonly bare?: string;
}

const TARGET_POSTGRES: Option = { type: "string", describe: "release of PostgreSQL, such as 16 or 16.4" };
const TARGET_POOLER: Option = { type: "string", describe: "release of PgBouncer, such as 1.25" };
/** What may be read besides what is named. */
const FOLLOW: Readonly<Record<string, Option>> = {
  follow: {
    type: "string",
    describe: "where includes may lead: the repository (tree), or anywhere; in a repository or CI, tree",
    choices: ["tree", "anywhere"],
  },
};
const TARGET: Readonly<Record<string, Option>> = {
  postgres: TARGET_POSTGRES,
  pgbouncer: TARGET_POOLER,
  config: { type: "string", describe: "read this pgconflint.ini instead of searching for one" },
};
/** What of a host is worth an option; pgconflint.ini takes the rest as well. */
export const HOST_OPTIONS = ["memory", "share", "cpus", "disk", "walDisk"] as const;
/** Those that `init` asks about. */
export const INIT_HOST = ["memory", "cpus", "disk"] as const;
const hostOptions = (names: readonly (typeof HOST_OPTIONS)[number][]): Readonly<Record<string, Option>> =>
  Object.fromEntries(
    names.map((name) => {
      const { describe, choices } = { choices: undefined, ...FACTS[name] };
      return [spelled(name, "-"), { type: "string", describe, ...(choices && { choices }) }];
    }),
  );
const HOST: Readonly<Record<string, Option>> = {
  ...hostOptions(HOST_OPTIONS),
  host: { type: "string", describe: "the host is the machine that this runs on", choices: ["this"] },
};
/** What `hba match` is asked about. */
const CONNECTION: Readonly<Record<string, Option>> = {
  user: { type: "string", describe: "match: who connects" },
  database: { type: "string", describe: "match: to which database; the user's name unless told" },
  address: { type: "string", describe: "match: from where; by the Unix socket unless told" },
  tls: { type: "boolean", describe: "match: encrypted with TLS" },
  gss: { type: "boolean", describe: "match: encrypted with GSSAPI" },
  replication: { type: "string", describe: "match: of which kind", choices: ["physical", "logical"] },
  roles: { type: "string", describe: "match: a JSON file with all roles, for +role and samerole" },
  interfaces: {
    type: "array",
    describe: "match: 10.1.2.3/24, the server's addresses, for samehost and samenet",
  },
  hostname: { type: "array", describe: "match: NAME=ADDRESS, for host names; several as in /etc/hosts" },
  "system-user": { type: "string", describe: "match: who it is for peer, ident, cert and gss" },
  dialect: { type: "string", describe: "whose file it is", choices: ["postgres", "pgbouncer"] },
};
const format = (...choices: string[]): Option => ({
  type: "array",
  describe: `${choices.join(", ")}; several at once, =FILE writes to a file`,
});
const FAIL: Option = {
  type: "string",
  describe: "least severity that makes the exit code 1",
  choices: FAIL_ON,
};
const PROFILE: Option = { type: "string", describe: "whose rules", choices: PROFILES };
const STDIN: Option = { type: "string", describe: "name of what comes on standard input (path -)" };

export interface Command {
  readonly usage: string;
  readonly describe: string;
  readonly example: string;
  readonly options: Readonly<Record<string, Option>>;
}

/** How `check` prints its report. */
export const FORMATS = [
  "pretty",
  "summary",
  "compact",
  "json",
  "json-lines",
  "sarif",
  "github",
  "azure",
  "gitlab",
  "junit",
  "checkstyle",
  "markdown",
  "html",
] as const;

/** How `tune` prints a configuration. */
export const TUNE_FORMATS = ["conf", "text", "json", "alter-system", "patroni", "cnpg"] as const;

/** How `report` prints saved reports. */
export const REPORT_FORMATS = [
  "table",
  "compact",
  "json",
  "sarif",
  "github",
  "gitlab",
  "junit",
  "checkstyle",
] as const;

/** How `compare` prints what differs. */
export const COMPARE_FORMATS = ["text", "json", "markdown"] as const;

export const COMMON: Readonly<Record<string, Option>> = {
  color: { type: "boolean", describe: "colour; --no-color or NO_COLOR for none" },
};

export const COMMANDS: Readonly<Record<string, Command>> = {
  check: {
    usage: "check [paths..]",
    describe: "lint files, directories, a data directory or standard input (-)",
    example: "pgconflint check /etc/postgresql/16/main",
    options: {
      format: format(...FORMATS),
      "fail-on": FAIL,
      fix: {
        type: "string",
        describe: "write what is safe to fix; --fix=unsafe: also what may change how the server behaves",
        choices: ["safe", "unsafe"],
        bare: "safe",
      },
      diff: { type: "boolean", describe: "print what --fix would change, for git apply; change nothing" },
      "max-warnings": { type: "string", describe: "more warnings than that make the exit code 1" },
      profile: PROFILE,
      "min-confidence": {
        type: "string",
        describe: "leave out what is less sure",
        choices: CONFIDENCES,
      },
      baseline: { type: "string", describe: "file of known findings, which are not told again" },
      "update-baseline": { type: "boolean", describe: "write today's findings to that file" },
      jobs: { type: "string", describe: "how many threads; as it pays unless told" },
      timing: { type: "boolean", describe: "how long each rule took" },
      ...HOST,
      "stdin-filename": STDIN,
      ...FOLLOW,
      ...TARGET,
    },
  },
  show: {
    usage: "show [paths..]",
    describe: "effective settings with where each comes from",
    example: "pgconflint show /var/lib/pgsql/17/data",
    options: {
      format: format("text", "json"),
      all: { type: "boolean", describe: "defaults as well" },
      "stdin-filename": STDIN,
      ...FOLLOW,
      ...TARGET,
    },
  },
  report: {
    usage: "report [files..]",
    describe:
      "saved reports (check --format json=FILE) as one, in any format; NAME=FILE for the host they are of",
    example: "pgconflint report db1=db1.json db2=db2.json --format table --format sarif=all.sarif",
    options: {
      format: format(...REPORT_FORMATS),
      "fail-on": {
        type: "string",
        describe: "least severity that makes the exit code 1",
        choices: FAIL_ON,
      },
    },
  },
  compare: {
    usage: "compare [paths..]",
    describe: "what two servers of one group differ in; with --group who deviates from the others",
    example: "pgconflint compare db1/postgresql db2/postgresql",
    options: {
      format: format(...COMPARE_FORMATS),
      group: {
        type: "array",
        describe: "all servers below that directory, or those directories, are a group",
      },
      ignore: { type: "array", describe: "settings that may differ: port,log_*" },
      ...FOLLOW,
      ...TARGET,
    },
  },
  upgrade: {
    usage: "upgrade [paths..]",
    describe: "what a later release refuses, and what it does otherwise",
    example: "pgconflint upgrade /etc/postgresql/15/main --to 18",
    options: {
      to: { type: "string", describe: "the release to come; the newest unless told" },
      format: format("text", "json"),
      ...FOLLOW,
      ...TARGET,
    },
  },
  tune: {
    usage: "tune [file]",
    describe: "a configuration sized to a host, by itself or as changes to a file",
    example: "pgconflint tune --memory 32GB --cpus 8 --disk ssd --connections 200 --postgres 17",
    options: {
      format: format(...TUNE_FORMATS),
      diff: {
        type: "boolean",
        describe: "print what the file needs to change, for git apply; change nothing",
      },
      apply: { type: "boolean", describe: "change the file, and nothing of it that is right as it is" },
      explain: { type: "string", describe: "how one value comes about" },
      ...HOST,
      workload: { type: "string", describe: WORKLOAD_FACTS.kind.describe, choices: WORKLOADS },
      connections: {
        type: "string",
        describe: "as many as it should take; with --pooler PgBouncer's clients",
      },
      pooler: {
        type: "boolean",
        describe: "there is a PgBouncer in front, whose pools are to be sized as well",
      },
      "database-size": { type: "string", describe: WORKLOAD_FACTS.databaseSize.describe },
      "wal-rate": { type: "string", describe: WORKLOAD_FACTS.walRate.describe },
      data: {
        type: "string",
        describe: "the server's data directory, whose disk counts; PGDATA unless given",
      },
      "stdin-filename": STDIN,
      ...FOLLOW,
      ...TARGET,
    },
  },
  hba: {
    usage: "hba <list|match|explain|diff> [paths..]",
    describe:
      "who gets in; list: the lines of pg_hba.conf as the server reads them; match: the one that a connection hits; explain: who can get in how; diff OLD NEW: what changes about that",
    example: "pgconflint hba match --user bob --database app --address 10.1.2.3 --tls",
    options: { format: format("text", "json"), ...CONNECTION, "stdin-filename": STDIN, ...FOLLOW, ...TARGET },
  },
  host: {
    usage: "host",
    describe: "what of this machine sizes a server, and where that is known from",
    example: "pgconflint host --data /var/lib/postgresql/17/main",
    options: {
      data: { type: "string", describe: "the server's data directory; PGDATA unless given" },
      save: { type: "boolean", describe: "write it to the section [host] of pgconflint.ini" },
      format: format("text", "json"),
      config: { type: "string", describe: "that pgconflint.ini instead of the nearest" },
    },
  },
  rules: {
    usage: "rules",
    describe: "every rule",
    example: "pgconflint rules --format json",
    options: { format: format("text", "json") },
  },
  explain: {
    usage: "explain <name>",
    describe: "the reasons behind a rule, or what a setting is in each release",
    example: "pgconflint explain server/minimal-wal",
    options: { format: format("text", "json") },
  },
  init: {
    usage: "init [paths..]",
    describe: "write a pgconflint.ini, and print the lines for the CI that is here",
    example: "pgconflint init --yes --postgres 17 --memory 32GB",
    options: {
      yes: { type: "boolean", describe: "ask nothing, and take what the files tell" },
      force: { type: "boolean", describe: "write over a pgconflint.ini that is there" },
      postgres: TARGET_POSTGRES,
      pgbouncer: TARGET_POOLER,
      ...hostOptions(INIT_HOST),
      "fail-on": FAIL,
      profile: PROFILE,
      baseline: { type: "string", describe: "file of findings that are known, and are not to fail a run" },
    },
  },
  completion: {
    usage: "completion [bash|zsh|fish]",
    describe: "a completion script for the shell",
    example: "pgconflint completion bash >> ~/.bashrc",
    options: {},
  },
};

/** How yargs is to read words: as they are written. `1.10` is no number, `a.b` no path into an object. */
export const PARSING = {
  "camel-case-expansion": false,
  "greedy-arrays": false,
  "parse-numbers": false,
  "parse-positional-numbers": false,
  "strip-aliased": true,
  "dot-notation": false,
} as const;
