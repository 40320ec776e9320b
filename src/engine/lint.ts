import type { Cluster } from "../cluster/cluster.ts";
import { lineMap } from "../text/lines.ts";
import { joinedLines, redact, redactor, redactUserlist, userlistLines } from "../text/redact.ts";
import { shorten } from "../text/shorten.ts";
import type { Place, Source } from "../text/source.ts";
import type { LintConfig } from "./config.ts";
import { planOf } from "./plan.ts";
import type { Finding, Fix } from "./report.ts";
import type { Draft, Rule, Severity } from "./rule.ts";
import { type AppliedSuppression, type Suppression, suppressionsIn } from "./suppressions.ts";
import { MOST_FINDINGS, TooManyFindings } from "./too-many.ts";

/** A finding on its way: with the severity that this run gives it. */
interface Judged {
  readonly rule: Rule;
  readonly draft: Draft;
  readonly severity: Severity;
}

/** The rules of a run, and the ids of all rules that there are: a run may leave out those that it cannot need. */
export interface Rulebook {
  readonly rules: readonly Rule[];
  readonly ids: readonly string[];
}

/** Tells how long each rule took, by a clock that the caller brings. */
export interface Timer {
  now(): number;
  took(rule: string, milliseconds: number): void;
}

export interface Outcome {
  readonly findings: Finding[];
  readonly suppressed: number;
}

/** Runs every rule over the cluster once; findings come in the order of files, then of places in them. */
export function runRules(
  cluster: Cluster,
  { rules, ids }: Rulebook,
  config: LintConfig = NO_CONFIG,
  timer?: Timer,
): Outcome {
  const plan = planOf(rules, config);
  const running = plan.rulesFor(cluster);
  const judge = (rule: Rule, drafts: Iterable<Draft>): Judged[] => {
    const judged: Judged[] = [];
    for (const draft of drafts) {
      if (judged.length >= MOST_FINDINGS) throw new TooManyFindings(draft.place.source.path);
      const { place, severity: own = rule.severity, confidence = "high" } = draft;
      const severity = plan.selection.severity(rule, place.source.path, own, confidence);
      if (severity) judged.push({ rule, draft, severity });
    }
    return judged;
  };
  const found: Judged[] = [];
  for (const rule of running) {
    const started = timer?.now() ?? 0;
    for (const judged of judge(rule, rule.check(cluster))) found.push(judged);
    timer?.took(rule.id, timer.now() - started);
  }
  const suppressions = suppressionsIn(cluster);
  if (suppressions.length === 0) return { findings: findingsOf(found, cluster), suppressed: 0 };
  const { kept, suppressed, applied } = suppress(found, suppressions, running, config.today);
  for (const rule of running)
    for (const judged of judge(rule, rule.afterwards?.(applied, ids) ?? [])) kept.push(judged);
  return { findings: findingsOf(kept, cluster), suppressed };
}

const NO_CONFIG: LintConfig = {};

function findingsOf(judged: Judged[], cluster: Cluster): Finding[] {
  const cleaners = new Cleaners(cluster);
  return inOrder(judged, cluster).map((each) => findingOf(each, cleaners));
}

function inOrder(judged: Judged[], { files }: Cluster): Judged[] {
  const order = new Map(files.paths.map((path, index) => [path, index]));
  const fileOf = ({ draft }: Judged) => order.get(draft.place.source.path) ?? order.size;
  return judged.sort(
    (a, b) =>
      fileOf(a) - fileOf(b) ||
      compare(a.draft.place.source.path, b.draft.place.source.path) ||
      a.draft.place.span.start - b.draft.place.span.start ||
      compare(a.rule.id, b.rule.id),
  );
}

const compare = (a: string, b: string) => (a < b ? -1 : Number(a > b));

/** Takes away what a comment in the file asks not to be told. */
function suppress(
  found: readonly Judged[],
  suppressions: readonly Suppression[],
  running: readonly Rule[],
  today: string | undefined,
): { kept: Judged[]; suppressed: number; applied: AppliedSuppression[] } {
  const ran = new Set(running.map(({ id }) => id));
  const applied = suppressions.map((suppression) => ({
    ...suppression,
    expired: suppression.until !== undefined && today !== undefined && suppression.until < today,
    ran,
    used: new Set<string>(),
  }));
  const byLine = new Map<number | undefined, typeof applied>();
  for (const suppression of applied) {
    const same = byLine.get(suppression.line);
    if (same) same.push(suppression);
    else byLine.set(suppression.line, [suppression]);
  }
  const kept = found.filter(({ rule: { id }, draft: { place } }) => {
    const line = lineMap(place.source).lineAt(place.span.start);
    const fitting = [...(byLine.get(line) ?? []), ...(byLine.get(undefined) ?? [])].filter(
      (suppression) =>
        suppression.place.source === place.source && suppression.rules.some((rule) => rule.id === id),
    );
    for (const { used } of fitting) used.add(id);
    return fitting.every(({ expired }) => expired);
  });
  return { kept, suppressed: found.length - kept.length, applied };
}

export const helpUrl = (id: string): string =>
  `https://github.com/pgconflint/pgconflint/blob/main/docs/rules/${id}.md`;

function findingOf({ rule, draft, severity }: Judged, cleaners: Cleaners): Finding {
  const { source, span } = draft.place;
  const lines = lineMap(source);
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(Math.max(span.start, span.end));
  const clean = cleaners.of(draft);
  const show = (text: string) => shorten(clean(text), MOST_CHARACTERS);
  const fix = fixOf(draft, clean);
  return {
    rule: rule.id,
    severity,
    ...(draft.confidence && draft.confidence !== "high" && { confidence: draft.confidence }),
    message: show(draft.message),
    path: source.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(draft.setting !== undefined && { setting: draft.setting }),
    ...(draft.current !== undefined && { current: show(draft.current) }),
    ...(draft.suggested !== undefined && { suggested: clean(draft.suggested) }),
    ...(draft.apply !== undefined && { apply: draft.apply }),
    ...(draft.server && { server: mapText(draft.server, show) }),
    ...(draft.related && {
      related: draft.related.map(({ place, message }) => ({
        path: place.source.path,
        line: lineMap(place.source).lineAt(place.span.start),
        message: show(message),
      })),
    }),
    ...(fix && { fix }),
    ...(rule.controls && { controls: rule.controls }),
    help: helpUrl(rule.id),
  };
}

/** Who reads a longer message? With thousands about one long line, their sum would be as its square. */
const MOST_CHARACTERS = 2000;

/** What hides the secrets of a finding's lines; made once for all findings of a line, which may be long. */
class Cleaners {
  readonly #kinds: Cluster["kinds"];
  readonly #known = new Map<Source, Map<number, Clean>>();

  constructor({ kinds }: Cluster) {
    this.#kinds = kinds;
  }

  /** The other places' lines count too: the message may quote any of them. */
  of({ place, related = [] }: Draft): Clean {
    if (related.length > 0) return this.#cleaner([place, ...related.map((other) => other.place)]);
    const lines = this.#known.get(place.source) ?? new Map<number, Clean>();
    this.#known.set(place.source, lines);
    const line = lineMap(place.source).lineAt(place.span.start);
    const clean = lines.get(line) ?? this.#cleaner([place]);
    lines.set(line, clean);
    return clean;
  }

  #cleaner(places: readonly Place[]): Clean {
    const isUserlist = places.slice(0, 1).some(({ source }) => this.#kinds.get(source) === "userlist.txt");
    const textOf = isUserlist ? userlistLines : joinedLines;
    const lines = places.map(({ source, span }) => textOf(source, lineMap(source).lineAt(span.start)));
    return remembering(redactor(lines.join("\n"), isUserlist ? redactUserlist : redact));
  }
}

type Clean = (text: string) => string;

/** Thousands of findings about a long value quote all of it. */
function remembering(clean: Clean): Clean {
  const known = new Map<string, string>();
  return (text) => {
    const shown = known.get(text) ?? clean(text);
    if (text.length > MOST_CHARACTERS) known.set(text, shown);
    return shown;
  };
}

function mapText(server: NonNullable<Draft["server"]>, clean: Clean): NonNullable<Draft["server"]> {
  const { effect, when, message, detail, hint } = server;
  return {
    effect,
    when,
    message: clean(message),
    ...(detail !== undefined && { detail: clean(detail) }),
    ...(hint !== undefined && { hint: clean(hint) }),
  };
}

/** An edit that would have to write a secret is not offered: reports travel further than configuration does. */
function fixOf({ fix }: Draft, clean: Clean): Fix | undefined {
  if (!fix || fix.edits.some(({ text }) => clean(text) !== text)) return undefined;
  return {
    title: clean(fix.title),
    safe: fix.safe,
    edits: fix.edits.map(({ place, text }) => ({
      path: place.source.path,
      start: place.span.start,
      end: place.span.end,
      text,
    })),
  };
}
