import type { LintFilesInput } from "../api/lint-files.ts";
import { CONFIDENCES, PROFILES } from "../engine/rule.ts";
import { allOf, FACTS, factFrom, type Host, spelled } from "../host/facts.ts";
import type { Config } from "../node/config.ts";
import { UserError } from "../node/problem.ts";
import { type Args, text } from "./args.ts";
import { HOST_OPTIONS } from "./options.ts";

export type Circumstances = Pick<LintFilesInput, "host" | "workload" | "config">;

/** What the command line says, then pgconflint.ini. `data`: the data directory, where it is known. */
export async function circumstances(
  args: Args,
  config: Config | undefined,
  data?: string,
): Promise<Circumstances> {
  const profile = PROFILES.find((known) => known === text(args, "profile"));
  const minConfidence = CONFIDENCES.find((known) => known === text(args, "min-confidence"));
  return {
    host: await hostOf(args, config, data),
    workload: config?.workload ?? {},
    config: {
      ...config?.lint,
      ...(profile && { profile }),
      ...(minConfidence && { minConfidence }),
      today: new Date().toISOString().slice(0, 10),
    },
  };
}

/** Each fact with who says so. The machine at hand counts only where somebody says that it is the server's. */
async function hostOf(args: Args, config: Config | undefined, data: string | undefined): Promise<Host> {
  const flags = HOST_OPTIONS.map((name) => flagged(args, name));
  return allOf([config?.host ?? {}, await hostAtHand(args, data), ...flags]);
}

async function hostAtHand(args: Args, data: string | undefined): Promise<Host> {
  if (text(args, "host") !== "this") return {};
  const { detectHost, thisMachine } = await import("../node/host/detect.ts");
  return detectHost(thisMachine, data).known;
}

function flagged(args: Args, name: (typeof HOST_OPTIONS)[number]): Host {
  const option = spelled(name, "-");
  const word = text(args, option);
  if (word === undefined) return {};
  const fact = factFrom(name, word, `--${option}`);
  if (!fact[name]) throw new UserError(`--${option} ${word}: not ${FACTS[name].wanted}`);
  return fact;
}
