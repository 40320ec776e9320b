import type { Cluster } from "../cluster/cluster.ts";
import { lineMap } from "../text/lines.ts";
import { joinedLines, redact, redactor, redactUserlist } from "../text/redact.ts";
import type { LintConfig } from "./config.ts";
import type { Finding, Fix } from "./report.ts";
import type { Draft, Rule } from "./rule.ts";
import { appliesTo } from "./versions.ts";

/** Runs every rule over the cluster once; findings come in the order of files, then of places in them. */
export function runRules(
  cluster: Cluster,
  rules: readonly Rule[],
  { profile = "default" }: LintConfig,
): Finding[] {
  const drafts: { rule: Rule; draft: Draft }[] = [];
  for (const rule of rules)
    if (appliesTo(rule, cluster.target) && (rule.profiles?.includes(profile) ?? true))
      for (const draft of rule.check(cluster)) drafts.push({ rule, draft });
  const order = new Map(cluster.files.paths.map((path, index) => [path, index]));
  const fileOf = ({ draft }: { draft: Draft }) => order.get(draft.place.source.path) ?? order.size;
  drafts.sort(
    (a, b) =>
      fileOf(a) - fileOf(b) ||
      a.draft.place.span.start - b.draft.place.span.start ||
      (a.rule.id < b.rule.id ? -1 : Number(a.rule.id > b.rule.id)),
  );
  return drafts.map(({ rule, draft }) => findingOf(rule, draft, cluster));
}

export const helpUrl = (id: string): string =>
  `https://github.com/pgconflint/pgconflint/blob/main/docs/rules/${id}.md`;

function findingOf(rule: Rule, draft: Draft, cluster: Cluster): Finding {
  const { source, span } = draft.place;
  const lines = lineMap(source);
  const start = lines.positionAt(span.start);
  const end = lines.positionAt(Math.max(span.start, span.end));
  const clean = cleanerOf(draft, cluster);
  const fix = fixOf(draft, clean);
  return {
    rule: rule.id,
    severity: draft.severity ?? rule.severity,
    ...(draft.confidence && draft.confidence !== "high" && { confidence: draft.confidence }),
    message: clean(draft.message),
    path: source.path,
    line: start.line,
    column: start.column,
    endLine: end.line,
    endColumn: end.column,
    ...(draft.setting !== undefined && { setting: draft.setting }),
    ...(draft.current !== undefined && { current: clean(draft.current) }),
    ...(draft.suggested !== undefined && { suggested: clean(draft.suggested) }),
    ...(draft.apply !== undefined && { apply: draft.apply }),
    ...(draft.server && { server: mapText(draft.server, clean) }),
    ...(draft.related && {
      related: draft.related.map(({ place, message }) => ({
        path: place.source.path,
        line: lineMap(place.source).lineAt(place.span.start),
        message: clean(message),
      })),
    }),
    ...(fix && { fix }),
    ...(rule.controls && { controls: rule.controls }),
    help: helpUrl(rule.id),
  };
}

/** What hides the secrets of the finding's lines, the other places' too: the message may quote any of them. */
function cleanerOf({ place, related = [] }: Draft, { kinds }: Cluster): Clean {
  const lines = [place, ...related.map((other) => other.place)].map(({ source, span }) =>
    joinedLines(source, lineMap(source).lineAt(span.start)),
  );
  return redactor(lines.join("\n"), kinds.get(place.source) === "userlist.txt" ? redactUserlist : redact);
}

type Clean = (text: string) => string;

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
