import type { Profile } from "./rule.ts";

/** How rules are run, from pgconflint.ini and the command line. */
export interface LintConfig {
  readonly profile?: Profile;
}
