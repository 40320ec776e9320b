import { globMatcher } from "./glob.ts";
import { CONFIDENCES, type Confidence, type Profile, type Rule, type Severity } from "./rule.ts";

/** What becomes of a rule: another severity, off, or on although the profile does not have it. */
export const LEVELS = ["off", "on", "error", "warning", "info"] as const;
export type Level = (typeof LEVELS)[number];

/** Levels by rule id; `topic/*` stands for all rules of a topic, and gives way to a rule's own id. */
export type Levels = Readonly<Record<string, Level>>;

/** How rules are run, from pgconflint.ini and the command line. */
export interface LintConfig {
  readonly profile?: Profile;
  /** Findings that are less sure are left out. */
  readonly minConfidence?: Confidence;
  readonly rules?: Levels;
  /** Levels for some files: `standby/**`; the last that fits a path counts. */
  readonly paths?: readonly { readonly glob: string; readonly rules: Levels }[];
  /** Today, as 2026-11-21, for suppressions that end some day; without it none is over. */
  readonly today?: string;
}

const levelIn = (levels: Levels | undefined, { id }: Rule): Level | undefined =>
  levels?.[id] ?? levels?.[`${id.slice(0, id.indexOf("/"))}/*`];

/** Answers for each rule and file, with the globs made ready once. */
export class Selection {
  readonly #config: LintConfig;
  readonly #paths: readonly { readonly fits: ReturnType<typeof globMatcher>; readonly rules: Levels }[];

  constructor(config: LintConfig) {
    this.#config = config;
    this.#paths = (config.paths ?? [])
      .map(({ glob, rules }) => ({ fits: globMatcher(glob), rules }))
      .reverse();
  }

  /** Could it say something about any file? */
  runs(rule: Rule): boolean {
    return (
      this.#isOn(rule, levelIn(this.#config.rules, rule)) ||
      this.#paths.some(({ rules }) => (levelIn(rules, rule) ?? "off") !== "off")
    );
  }

  /** The severity of a finding in that file; undefined where it is not wanted. */
  severity(rule: Rule, path: string, own: Severity, confidence: Confidence): Severity | undefined {
    const least = this.#config.minConfidence ?? "low";
    if (CONFIDENCES.indexOf(confidence) > CONFIDENCES.indexOf(least)) return undefined;
    const general = levelIn(this.#config.rules, rule);
    const special = this.#paths.find(({ fits, rules }) => levelIn(rules, rule) && fits.test(path));
    const level = special ? levelIn(special.rules, rule) : general;
    if (!this.#isOn(rule, level)) return undefined;
    return level === undefined || level === "on" || level === "off" ? own : level;
  }

  #isOn({ profiles }: Rule, level: Level | undefined): boolean {
    if (level !== undefined) return level !== "off";
    return profiles?.includes(this.#config.profile ?? "default") ?? true;
  }
}
