import type { Report } from "../engine/report.ts";
import { SEVERITIES, type Severity } from "../engine/rule.ts";
import { Targets } from "./select.ts";
import type { Totals } from "./summary.ts";

/** One server in the table of the worst. */
export interface WorstServer {
  readonly name: string;
  readonly counts: Report["summary"];
}

/** How often a rule fired, over all servers. */
export interface FiredRule {
  readonly rule: string;
  /** The worst that it was anywhere. */
  readonly severity: Severity;
  readonly servers: number;
  readonly findings: number;
}

/** What a summary tells of a run over many servers. */
export interface Tallied {
  readonly totals: Totals;
  readonly settings: number;
  readonly servers: number;
  /** Servers by the worst that was found on them. */
  readonly withErrors: number;
  readonly withWarnings: number;
  readonly withRemarks: number;
  readonly notChecked: number;
  readonly worst: readonly WorstServer[];
  readonly commonest: readonly FiredRule[];
}

/** With more servers than that, a report for people sums them up. */
export const FEW = 10;
const SHOWN = 10;

/** Counts while servers come by; what it keeps is as small for ten thousand of them as for one. */
export class Tally {
  readonly #targets = new Targets();
  readonly #rules = new Map<string, FiredRule>();
  readonly #summary = { error: 0, warning: 0, info: 0 };
  readonly #byWorst = { error: 0, warning: 0, info: 0 };
  #worst: WorstServer[] = [];
  #servers = 0;
  #notChecked = 0;
  #settings = 0;
  #suppressed = 0;
  #files = 0;
  #findings = 0;
  #fixable = 0;
  #unsafe = 0;

  get servers(): number {
    return this.#servers;
  }

  get summary(): Report["summary"] {
    return this.#summary;
  }

  /** One server more, with what is to be told of it. */
  add(name: string, report: Report, settings: number): void {
    const { summary, findings } = report;
    this.#servers++;
    this.#targets.add(report.target);
    this.#settings += settings;
    this.#suppressed += report.suppressed;
    this.#files += report.files.length;
    this.#findings += findings.length;
    this.#fixable += findings.filter(({ fix }) => fix?.safe).length;
    this.#unsafe += findings.filter(({ fix }) => fix?.safe === false).length;
    for (const severity of SEVERITIES) this.#summary[severity] += summary[severity];
    const worst = SEVERITIES.find((severity) => summary[severity] > 0);
    if (worst) this.#byWorst[worst]++;
    this.#addRules(report);
    this.#addServer({ name, counts: summary });
  }

  addNotChecked(): void {
    this.#servers++;
    this.#notChecked++;
  }

  #addRules({ findings }: Report): void {
    const seen = new Set<string>();
    for (const { rule, severity } of findings) {
      const known = this.#rules.get(rule) ?? { rule, severity, servers: 0, findings: 0 };
      const isWorse = SEVERITIES.indexOf(severity) < SEVERITIES.indexOf(known.severity);
      this.#rules.set(rule, {
        rule,
        severity: isWorse ? severity : known.severity,
        servers: known.servers + (seen.has(rule) ? 0 : 1),
        findings: known.findings + 1,
      });
      seen.add(rule);
    }
  }

  #addServer(server: WorstServer): void {
    const { error, warning } = server.counts;
    if (error + warning === 0) return;
    const least = this.#worst[SHOWN - 1];
    if (least && byCounts(least, server) <= 0) return;
    // The sort is stable: of servers that are as bad, the first stays in front.
    this.#worst = [...this.#worst, server].sort(byCounts).slice(0, SHOWN);
  }

  result(): Tallied {
    return {
      totals: {
        target: this.#targets.merged(),
        suppressed: this.#suppressed,
        summary: this.#summary,
        files: this.#files,
        findings: this.#findings,
        fixable: this.#fixable,
        unsafe: this.#unsafe,
      },
      settings: this.#settings,
      servers: this.#servers,
      withErrors: this.#byWorst.error,
      withWarnings: this.#byWorst.warning,
      withRemarks: this.#byWorst.info,
      notChecked: this.#notChecked,
      worst: this.#worst,
      commonest: commonestOf([...this.#rules.values()]),
    };
  }
}

const byCounts = ({ counts: a }: WorstServer, { counts: b }: WorstServer): number =>
  b.error - a.error || b.warning - a.warning || b.info - a.info;

/** Remarks fire everywhere and would fill the table; they are in it only where nothing is worse. */
function commonestOf(rules: readonly FiredRule[]): FiredRule[] {
  const bad = rules.filter(({ severity }) => severity !== "info");
  return (bad.length > 0 ? bad : [...rules])
    .sort(
      (a, b) =>
        b.servers - a.servers ||
        SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
        b.findings - a.findings ||
        (a.rule < b.rule ? -1 : 1),
    )
    .slice(0, SHOWN);
}
