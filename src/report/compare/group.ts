import type { Deviation, Variant } from "../../api/compare/group.ts";
import { isDrift } from "../../api/compare/pair.ts";
import { type GroupAccess, type GroupReport, worstOf } from "../../api/compare/report.ts";
import { changesText } from "../access-change.ts";
import { plural } from "../verdict.ts";
import { shortNames } from "./names.ts";
import type { Page, Section } from "./page.ts";
import { fewOf, fromText, shellWord, valueText } from "./pair.ts";

/** A group of servers: what most have, and who has something else. */
export function groupPage(group: GroupReport): Page {
  const { path, servers, deviations } = group;
  const names = shortNames(servers.map((server) => server.path));
  const of = (standing: Deviation["standing"]) => deviations.filter((its) => its.standing === standing);
  const drift = of("drift");
  const usual = drift.filter((its) => its.usual);
  const sections = [
    deviationSection("A standby with less than its primary does not start", "bad", of("too-small"), names),
    deviationSection("Different from most", "drift", usual, names),
    mixedSection(drift.filter((its) => !its.usual)),
    ...group.access.map((access) => accessSection(access, names)),
    expectedSection("Expected between a primary and its standbys", of("standby")),
    expectedSection("Expected on different hosts", of("host")),
    unknownSection(group, names),
    worstSection(group, names),
  ];
  return {
    about: [[path, aboutGroup(group)]],
    sections: sections.flatMap((section) => section ?? []),
    summary: summaryOf(group),
  };
}

type Names = ReadonlyMap<string, string>;

function aboutGroup({ servers }: GroupReport): string {
  const standbys = servers.filter(({ standby }) => standby).length;
  const poolers = servers.filter(({ pgbouncer }) => pgbouncer !== null).length;
  return [
    plural(servers.length, "server"),
    standbys > 0 && plural(standbys, "standby"),
    poolers > 0 && `${poolers} with PgBouncer`,
  ]
    .filter(Boolean)
    .join(", ");
}

const AMONG = { all: "", standbys: " (standbys)", others: " (no standbys)" } as const;

function deviationSection(
  title: string,
  tone: Section["tone"],
  deviations: readonly Deviation[],
  names: Names,
): Section | undefined {
  if (deviations.length === 0) return undefined;
  const head = ["SETTING", "MOST HAVE", "INSTEAD", "CHANGE TAKES", "WHERE"];
  const rows = deviations.flatMap(({ setting, among, usual, of, others, takes, standing }) =>
    others.map((variant, at) => {
      const most =
        standing === "too-small"
          ? `${valueText(usual?.value)} (primary)`
          : `${valueText(usual?.value)} (${usual?.servers.length} of ${of})`;
      const first = at === 0 ? [`${setting}${AMONG[among]}`, most] : ["", ""];
      return [
        ...first,
        insteadText(variant, usual),
        at === 0 ? (takes ?? "") : "",
        whereText(variant, names),
      ];
    }),
  );
  return { title, tone, rows: [head, ...rows], lines: [] };
}

/** Two that look alike differ in what is hidden. */
function insteadText({ value }: Variant, usual: Variant | undefined): string {
  const text = valueText(value);
  return value && usual?.value && text === valueText(usual.value) ? `${text} (another)` : text;
}

const MOST_SERVERS = 3;

function whereText({ servers }: Variant, names: Names): string {
  const shown = servers.map(({ path, held }) => `${names.get(path) ?? path} ${fromText(held)}`.trim());
  return fewOf(shown, MOST_SERVERS);
}

/** Where no value is the usual one: how often there is which. */
function mixedSection(deviations: readonly Deviation[]): Section | undefined {
  if (deviations.length === 0) return undefined;
  const rows = deviations.map(({ setting, among, others, takes }) => [
    `${setting}${AMONG[among]}`,
    takes ?? "",
    fewOf(
      others.map(({ value, servers }) => `${valueText(value)} (${servers.length})`),
      5,
    ),
  ]);
  return {
    title: "No value that most have",
    tone: "drift",
    rows: [["SETTING", "CHANGE TAKES", "VALUES"], ...rows],
    lines: [],
  };
}

function accessSection({ file, of, usual, others }: GroupAccess, names: Names): Section {
  const title = `Who gets in, by ${file}: ${usual.servers} of ${of} as ${usual.path}`;
  const rows = others.map(({ servers, changes, refusal }) => [
    fewOf(
      servers.map((path) => names.get(path) ?? path),
      MOST_SERVERS,
    ),
    refusal ?? changesText(changes),
  ]);
  const [first] = others;
  const dialect = file === "pg_hba.conf" ? "" : " --dialect pgbouncer";
  const lines = first
    ? [`in full: pgconflint hba diff ${first.paths.map(shellWord).join(" ")}${dialect}`]
    : [];
  return { title, tone: "drift", rows: [["SERVER", "DIFFERS IN"], ...rows], lines };
}

function expectedSection(title: string, deviations: readonly Deviation[]): Section | undefined {
  if (deviations.length === 0) return undefined;
  const rows = deviations.map(({ setting, usual, others, of }) => [
    setting,
    plural(others.length + (usual ? 1 : 0), "value"),
    usual ? `most have ${valueText(usual.value)} (${usual.servers.length} of ${of})` : "",
  ]);
  return { title, tone: "expected", rows, lines: [] };
}

function unknownSection({ unknown }: GroupReport, names: Names): Section | undefined {
  if (unknown.size === 0) return undefined;
  const rows = [...unknown].map(([path, settings]) => [
    names.get(path) ?? path,
    settings.length > 0 ? fewOf(settings, 8) : "what no other server sets",
  ]);
  return {
    title: "Not compared, as a line is refused or a file is missing; pgconflint check tells which",
    tone: "drift",
    rows: rows.slice(0, MOST_NAMED),
    lines: rows.length > MOST_NAMED ? [`and ${rows.length - MOST_NAMED} more servers`] : [],
  };
}

const MOST_NAMED = 10;

function worstSection(group: GroupReport, names: Names): Section | undefined {
  const worst = worstOf(group);
  if (worst.length < 2) return undefined;
  const rows = worst
    .slice(0, MOST_NAMED)
    .map(({ path, deviations }) => [names.get(path) ?? path, plural(deviations, "deviation")]);
  const more = worst.length - rows.length;
  return {
    title: "Furthest from the others",
    tone: "expected",
    rows,
    lines: more > 0 ? [`and ${plural(more, "server")} more`] : [],
  };
}

function summaryOf(group: GroupReport): string {
  const drift = group.deviations.filter(isDrift);
  const worst = worstOf(group);
  const expected = group.deviations.length - drift.length;
  const found = [
    drift.length > 0 && plural(drift.length, "setting") + (drift.length === 1 ? " differs" : " differ"),
    group.access.length > 0 && "who gets in differs",
    group.unknown.size > 0 && `${plural(group.unknown.size, "server")} with settings that cannot be told`,
  ].filter(Boolean);
  if (found.length === 0)
    return `No difference among ${plural(group.servers.length, "server")}${expected > 0 ? ` (${expected} expected)` : ""}`;
  const who = `${worst.length} of ${plural(group.servers.length, "server")} ${worst.length === 1 ? "deviates" : "deviate"}`;
  return `${who}: ${found.join(", ")}${expected > 0 ? ` (${expected} expected)` : ""}`;
}
