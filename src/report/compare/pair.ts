import { type Difference, isDrift, type Standing } from "../../api/compare/pair.ts";
import type { AccessComparison, PairReport } from "../../api/compare/report.ts";
import type { ServerValues } from "../../api/compare/server-values.ts";
import type { Held } from "../../api/compare/values-pool.ts";
import { poolerVersionText } from "../../catalog/pooler-version.ts";
import { versionText } from "../../catalog/version.ts";
import { shorten } from "../../text/shorten.ts";
import { changeTitle } from "../access-change.ts";
import { plural } from "../verdict.ts";
import { linesOf } from "../wrap.ts";
import type { Page, Section } from "./page.ts";

const TITLES: readonly (readonly [Standing, string, Section["tone"]])[] = [
  ["too-small", "A standby with less than its primary does not start", "bad"],
  ["drift", "Different", "drift"],
  ["default", "Nobody set it, and the default is another in the other release", "drift"],
  ["release", "Only one of the releases has it", "drift"],
  ["standby", "Expected between a primary and its standbys", "expected"],
  ["host", "Expected on different hosts", "expected"],
];

/** Two servers side by side. */
export function pairPage(report: PairReport): Page {
  const { servers, differences, access, unknown, onlyKnown } = report;
  const sections = TITLES.flatMap(([standing, title, tone]): Section[] => {
    const its = differences.filter((difference) => difference.standing === standing);
    if (its.length === 0) return [];
    const head = ["SETTING", "A", "B", "CHANGE TAKES", "A FROM", "B FROM"];
    return [{ title, tone, rows: [head, ...its.map(rowOf)], lines: [] }];
  });
  const bad = sections.filter(({ tone }) => tone !== "expected");
  const expected = sections.filter(({ tone }) => tone === "expected");
  const notes: Section[] = [];
  if (unknown.length > 0)
    notes.push({
      title: "Not compared, as a line is refused or a file is missing; pgconflint check tells which",
      tone: "drift",
      rows: [],
      lines: linesOf(fewOf(unknown, 20), 94),
    });
  for (const [at, names] of onlyKnown.entries())
    if (names.length > 0)
      notes.push({
        title: `Only the release of ${LETTERS[at]} has them, and nobody set them`,
        tone: "expected",
        rows: [],
        lines: linesOf(names.join(", "), 94),
      });
  return {
    about: servers.map((server, at) => [LETTERS[at] ?? "", server.path, about(server)]),
    sections: [...bad, ...access.flatMap(accessSection), ...expected, ...notes],
    summary: summaryOf(report),
  };
}

const LETTERS = ["A", "B"];

export function about({ postgres, pgbouncer, standby }: ServerValues): string {
  return [
    postgres && `PostgreSQL ${versionText(postgres)}${standby ? ", standby" : ""}`,
    pgbouncer && `PgBouncer ${poolerVersionText(pgbouncer)}`,
  ]
    .filter(Boolean)
    .join("; ");
}

function rowOf({ setting, values: [here, there], takes }: Difference): string[] {
  const [one, other] = [valueText(here), valueText(there)];
  // Two that look alike differ in what is hidden.
  const hidden = here && there && one === other ? " (another)" : "";
  return [setting, one, `${other}${hidden}`, takes ?? "", fromText(here), fromText(there)];
}

export const valueText = (held: Held | undefined): string =>
  held === undefined ? "-" : shorten(held.shown === "" ? "''" : held.shown, 40);

export const fromText = (held: Held | undefined): string =>
  held === undefined ? "" : held.from ? `${held.from.path}:${held.from.line}` : "default";

/** As many names as there is room for. */
export const fewOf = (names: readonly string[], most: number): string =>
  names.length <= most
    ? names.join(", ")
    : `${names.slice(0, most - 1).join(", ")} and ${names.length - most + 1} more`;

/** For a command line to be copied. */
export const shellWord = (text: string): string =>
  /^[\w./:@%+,-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;

const MOST_CHANGES = 5;

function accessSection({ file, paths, changes, refusal }: AccessComparison): Section[] {
  const title = `Who gets in, by ${file === "pg_hba.conf" ? file : "PgBouncer's auth_hba_file"}, from A to B`;
  if (refusal !== null) return [{ title, tone: "bad", rows: [], lines: [`not compared: ${refusal}`] }];
  if (changes.length === 0) return [];
  const shown = changes.slice(0, MOST_CHANGES).map(changeTitle);
  const more = changes.length - shown.length;
  const dialect = file === "pg_hba.conf" ? "" : " --dialect pgbouncer";
  const lines = [
    ...shown,
    ...(more > 0 ? [`and ${more} more`] : []),
    `in full: pgconflint hba diff ${paths.map(shellWord).join(" ")}${dialect}`,
  ];
  return [{ title, tone: "drift", rows: [], lines }];
}

function summaryOf({ differences, access, compared, unknown }: PairReport): string {
  const drift = differences.filter(isDrift);
  const restarts = drift.filter(({ takes }) => takes === "restart").length;
  const changes = access.reduce((sum, its) => sum + its.changes.length, 0);
  const expected = differences.length - drift.length;
  const parts = [
    drift.length > 0 &&
      `${plural(drift.length, "difference")}${restarts > 0 ? `, ${restarts} of which ${restarts === 1 ? "takes" : "take"} a restart` : ""}`,
    changes > 0 && `${plural(changes, "difference")} in who gets in`,
    access.some(({ refusal }) => refusal !== null) && "who gets in cannot be told",
  ].filter(Boolean);
  const found = parts.length > 0 ? parts.join("; ") : "No difference";
  const more = [
    expected > 0 && `${expected} expected`,
    unknown.length > 0 && `${unknown.length} not compared`,
    `${compared} compared`,
  ].filter(Boolean);
  return `${found} (${more.join(", ")})`;
}
