import { poolerNames } from "../catalog/pgbouncer.ts";
import { NEWEST_POOLER } from "../catalog/pooler-version.ts";
import { settingsOf } from "../catalog/postgres.ts";
import { MAJORS } from "../catalog/version.ts";
import { UserError } from "../node/problem.ts";
import { rules } from "../rules/index.ts";
import type { Args } from "./args.ts";
import { bashScript } from "./completion/bash.ts";
import { fishScript } from "./completion/fish.ts";
import { zshScript } from "./completion/zsh.ts";
import type { ExitCode, Io } from "./io.ts";

const SCRIPTS: ReadonlyMap<string, (names: readonly string[]) => string> = new Map([
  ["bash", bashScript],
  ["zsh", zshScript],
  ["fish", fishScript],
]);

/** A script that holds all there is to complete, so that pressing Tab starts no program. */
export function completion(args: Args, io: Io): ExitCode {
  const [shell = io.env.SHELL?.replace(/^.*\//, "") ?? "", ...more] = args.paths;
  const script = SCRIPTS.get(shell);
  if (!script || more.length > 0)
    throw new UserError(`say completion ${[...SCRIPTS.keys()].join(", completion ")}`);
  io.stdout(script(explainable()));
  return 0;
}

/** What `explain` takes. */
function explainable(): string[] {
  const settings = MAJORS.flatMap((major) => settingsOf({ major, minor: null }).map(({ name }) => name));
  const names = [...rules.map(({ id }) => id), ...settings, ...poolerNames(NEWEST_POOLER, "pgbouncer")];
  return [...new Set(names)].sort();
}
