import type { Version } from "../catalog/version.ts";
import type { Refusal } from "../values/parse.ts";

const TARGETS = [
  "recovery_target",
  "recovery_target_lsn",
  "recovery_target_name",
  "recovery_target_time",
  "recovery_target_xid",
];

/**
 * The assign hooks of the recovery targets. Each looks at the one that an earlier line chose: a second one ends the
 * start-up at once, even an empty text does when another target stands before it.
 */
export class RecoveryTargets {
  /** The target of an earlier line, if it is not empty. */
  #chosen: string | undefined;
  readonly #version: Version;

  constructor(version: Version) {
    this.#version = version;
  }

  /** Why the server stops at this line, if it does. */
  assign(name: string, value: string): Refusal | undefined {
    if (!TARGETS.includes(name)) return undefined;
    if (this.#chosen !== undefined && this.#chosen !== name) {
      const names = TARGETS.map((target) => (this.#version.major >= 17 ? `"${target}"` : target)).join(", ");
      const message = "multiple recovery targets specified";
      return { reason: "target", message, detail: `At most one of ${names} may be set.`, fatal: true };
    }
    this.#chosen = value === "" ? undefined : name;
    return undefined;
  }
}
