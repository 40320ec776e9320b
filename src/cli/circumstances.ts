import type { LintFilesInput } from "../api/lint-files.ts";
import { CONFIDENCES, PROFILES } from "../engine/rule.ts";
import { parseBytes } from "../host/bytes.ts";
import { DISKS, type Host, type HostInput, hostFrom } from "../host/facts.ts";
import type { Config } from "../node/config.ts";
import { UserError } from "../node/problem.ts";
import { type Args, text } from "./args.ts";

export type Circumstances = Pick<LintFilesInput, "host" | "workload" | "config">;

/** What the command line says, then pgconflint.ini. */
export async function circumstances(args: Args, config: Config | undefined): Promise<Circumstances> {
  const profile = PROFILES.find((known) => known === text(args, "profile"));
  const minConfidence = CONFIDENCES.find((known) => known === text(args, "min-confidence"));
  return {
    host: await hostOf(args, config),
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
async function hostOf(args: Args, config: Config | undefined): Promise<Host> {
  const here = text(args, "host") === "this" ? (await import("../node/this-host.ts")).thisHost() : {};
  return {
    ...hostFrom(config?.host ?? {}, config?.path ?? ""),
    ...hostFrom(here, "this machine"),
    ...flags(args),
  };
}

function flags(args: Args): Host {
  const disk = DISKS.find((known) => known === text(args, "disk"));
  return {
    ...numberFlag(args, "memory", parseBytes, "an amount of memory, such as 32GB"),
    ...numberFlag(args, "cpus", Number, "a number of processors"),
    ...(disk && { disk: { value: disk, from: "--disk" } }),
  };
}

function numberFlag(
  args: Args,
  name: Exclude<keyof HostInput, "disk">,
  read: (text: string) => number | undefined,
  wanted: string,
): Host {
  const word = text(args, name);
  if (word === undefined) return {};
  const value = read(word);
  if (!value || !(value > 0)) throw new UserError(`--${name} ${word}: not ${wanted}`);
  return { [name]: { value, from: `--${name}` } };
}
