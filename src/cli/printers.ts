import type { Rule, Severity } from "../engine/rule.ts";
import { pathInRepository, repositoryOf } from "../node/repository.ts";
import { compact } from "../report/compact.ts";
import type { Extras, Format } from "../report/format.ts";
import { json } from "../report/json.ts";
import { renamed } from "../report/renamed.ts";
import { mergeReports } from "../report/select.ts";
import { mergeLines } from "../report/server-lines.ts";
import { FEW, type Tallied } from "../report/tally.ts";
import { ruleIds } from "../rules/ids.ts";
import type { Judged } from "./judge.ts";
import type { NotJudged } from "./judge-all.ts";
import type { FORMATS } from "./options.ts";

export type FormatName = (typeof FORMATS)[number];

/** How the reports of a run become text: some at once, others when the last has come. */
export interface Printer {
  judged(judged: Judged): string;
  notJudged?(server: NotJudged): string;
  end(run: RunEnd): string | Promise<string>;
}

export interface RunEnd {
  readonly tallied: Tallied;
  /** The severities that fail the run. */
  readonly failing: readonly Severity[];
}

export interface Look {
  /** Where the run started; without it, files keep the names that they have. */
  readonly cwd?: string;
  readonly color: boolean;
  readonly unicode: boolean;
}

/** Formats are loaded here, each when it is asked for: a plain run has no use for the others. */
const PRINTERS: Readonly<Record<FormatName, (look: Look) => Promise<Printer>>> = {
  pretty: prettyPrinter,
  summary: summaryPrinter,
  compact: async () => atOnce(compact),
  "json-lines": jsonLinesPrinter,
  json: async () => atTheEnd(json),
  sarif: async ({ cwd }) => inRepository(cwd, (await import("../report/sarif.ts")).sarif, await allRules()),
  github: async ({ cwd }) => inRepository(cwd, (await import("../report/github.ts")).github),
  azure: async ({ cwd }) => inRepository(cwd, (await import("../report/azure.ts")).azure),
  gitlab: async ({ cwd }) => inRepository(cwd, (await import("../report/gitlab.ts")).gitlab),
  junit: async ({ cwd }) => inRepository(cwd, (await import("../report/junit.ts")).junit),
  checkstyle: async ({ cwd }) => inRepository(cwd, (await import("../report/checkstyle.ts")).checkstyle),
  markdown: async ({ cwd }) =>
    inRepository(cwd, (await import("../report/markdown.ts")).markdown, await allRules()),
  html: async () => atTheEnd((await import("../report/html.ts")).html, await allRules()),
};

export const printerOf = (name: FormatName, look: Look): Promise<Printer> => PRINTERS[name](look);

const allRules = async () => (await import("../rules/index.ts")).rules;

/** Formats in which one server's report follows the other's, and nothing goes around them. */
const atOnce = (format: (report: Judged["report"]) => string): Printer => ({
  judged: ({ report }) => format(report),
  end: () => "",
});

/** Formats that begin with a sum, or sort what they have; they hold the findings, never the files. */
function atTheEnd(format: Format, rules: readonly Rule[] = []): Printer {
  const kept: Judged[] = [];
  const notChecked: NotJudged[] = [];
  return {
    notJudged(server) {
      notChecked.push(server);
      return "";
    },
    judged(judged) {
      // A text that is part of another keeps all of that in memory; a copy does not.
      kept.push(structuredClone(judged));
      return "";
    },
    end({ failing, tallied }) {
      const report = mergeReports(kept.map((each) => each.report));
      const extras: Extras = {
        line: mergeLines(kept.map(({ lines }) => lines)),
        rules,
        settings: tallied.settings,
        fails: (severity) => failing.includes(severity),
        overviews: kept.flatMap(({ overview }) => overview ?? []),
        tallied,
        notChecked,
      };
      return format(report, extras);
    },
  };
}

/** For services that know files by their place in the repository, wherever a run starts. */
function inRepository(cwd: string | undefined, format: Format, rules: readonly Rule[] = []): Printer {
  const repository = cwd === undefined ? undefined : repositoryOf(cwd);
  if (cwd === undefined || repository === undefined) return atTheEnd(format, rules);
  return atTheEnd((report, extras) => {
    const given = new Map<string, string>();
    const name = (path: string) => {
      const inside = pathInRepository(path, cwd, repository);
      given.set(inside, path);
      return inside;
    };
    const line: Extras["line"] = (path, number) => extras.line(given.get(path) ?? path, number);
    return format(renamed(report, name), { ...extras, line });
  }, rules);
}

async function prettyPrinter({ color, unicode }: Look): Promise<Printer> {
  const { pretty } = await import("../report/pretty.ts");
  const paint = color ? (await import("../report/paint.ts")).colors() : undefined;
  let separator = "";
  const apart = (text: string) => {
    const before = separator;
    separator = "\n";
    return before + text;
  };
  return {
    judged({ report, lines }) {
      const line = (path: string, number: number) => lines.get(path)?.get(number);
      const text = pretty(report, { unicode, paint, line });
      return text === "" ? "" : apart(text);
    },
    async end({ tallied }) {
      const last = await lastLineOf(tallied);
      if (tallied.servers <= FEW) return apart(last);
      const { fleet } = await import("../report/fleet.ts");
      return apart(`${fleet(tallied, { unicode, paint })}\n${last}`);
    },
  };
}

async function summaryPrinter({ color, unicode }: Look): Promise<Printer> {
  const { fleet } = await import("../report/fleet.ts");
  const paint = color ? (await import("../report/paint.ts")).colors() : undefined;
  return {
    judged: () => "",
    end: async ({ tallied }) => `${fleet(tallied, { unicode, paint })}\n${await lastLineOf(tallied)}`,
  };
}

async function lastLineOf({ totals, settings, notChecked }: Tallied): Promise<string> {
  const { lastLine } = await import("../report/summary.ts");
  return lastLine(totals, { settings, rules: ruleIds.length, notChecked });
}

async function jsonLinesPrinter(): Promise<Printer> {
  const { judgedLine, notCheckedLine, totalLine } = await import("../report/json-lines.ts");
  return {
    judged: ({ name, report }) => judgedLine(name, report),
    notJudged: ({ name, problem }) => notCheckedLine(name, problem),
    end: ({ tallied }) => totalLine(tallied),
  };
}
