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
export function print(output: Output<string>, printed: string, io: Io): void {
  openOutput(output, io)(printed);
}

/** The same bit by bit; a file is there, and empty, from the first bit on. */
export function openOutput({ file }: Output<string>, io: Io): (text: string) => void {
  if (file === undefined) return (text) => io.stdout(text);
  mustNotLeadOut(file, io.cwd);
  const path = resolve(io.cwd, file);
  let flag = "w";
  return (text) => {
    try {
      writeFileSync(path, text, { flag });
      flag = "a";
    } catch (error) {
      throw new UserError(`${file || '""'}: cannot be written: ${systemWords(error)}`);
    }
  };
}
