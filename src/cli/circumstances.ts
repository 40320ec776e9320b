import type { LintFilesInput } from "../api/lint-files.ts";
import { CONFIDENCES, PROFILES } from "../engine/rule.ts";
import { allOf, FACTS, type Fact, type Host, spelled } from "../host/facts.ts";
import type { FactKind } from "../host/kinds.ts";
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
  const flags = HOST_OPTIONS.map((name) => hostFlag(args, name));
  return allOf([config?.host ?? {}, await hostAtHand(args, data), ...flags]);
}

async function hostAtHand(args: Args, data: string | undefined): Promise<Host> {
  if (text(args, "host") !== "this") return {};
  const { detectHost, thisMachine } = await import("../node/host/detect.ts");
  return detectHost(thisMachine, data).known;
}

function hostFlag(args: Args, name: (typeof HOST_OPTIONS)[number]): Host {
  const kind: FactKind<unknown> = FACTS[name];
  const fact = flagged(spelled(name, "-"), kind, args);
  return fact ? { [name]: fact } : {};
}

/** What an option says of a fact. */
export function flagged<Value>(option: string, kind: FactKind<Value>, args: Args): Fact<Value> | undefined {
  const word = text(args, option);
  if (word === undefined) return undefined;
  const value = kind.read(word);
  if (value === undefined) throw new UserError(`--${option} ${word}: not ${kind.wanted}`);
  return { value, from: `--${option}` };
}
