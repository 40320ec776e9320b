import { writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { nearestName } from "../catalog/nearest.ts";
import { mustNotLeadOut } from "../node/fence.ts";
import { UserError } from "../node/problem.ts";
import { systemWords } from "../node/system-words.ts";
import { type Args, flag, list } from "./args.ts";
import type { Io } from "./io.ts";

/** `pretty`, or `json=out.json`. */
export interface Output<Name extends string> {
  readonly format: Name;
  readonly file?: string;
}

/** What --format asks for; `usual` where nobody asks. */
export function outputsOf<Name extends string>(
  args: Args,
  known: readonly Name[],
  usual: readonly Name[],
): Output<Name>[] {
  const wanted = list(args, "format");
  if (wanted.length === 0) return usual.map((format) => ({ format }));
  return wanted.map((word) => {
    const [name = "", ...rest] = word.split("=");
    const format = known.find((each) => each === name);
    if (!format) {
      const near = nearestName(name, known);
      const advice = near ? `; did you mean ${near}?` : "";
      throw new UserError(`--format ${name}: not one of ${known.join(", ")}${advice}`);
    }
    if (rest.length > 0) return { format, file: rest.join("=") };
    if (flag(args, "diff"))
      throw new UserError(`--diff and --format ${format} both want standard output; say ${format}=FILE`);
    return { format };
  });
}

/** To the file, else to standard output. */
export function print({ file }: Output<string>, printed: string, io: Io): void {
  if (file === undefined) {
    io.stdout(printed);
    return;
  }
  mustNotLeadOut(file, io.cwd);
  try {
    writeFileSync(resolve(io.cwd, file), printed);
  } catch (error) {
    throw new UserError(`${file || '""'}: cannot be written: ${systemWords(error)}`);
  }
}
