import { UserError } from "../node/problem.ts";
import { type Args, list } from "./args.ts";

/** Commands that print a table or JSON. */
export function wantsJson(args: Args): boolean {
  const [format = "text", more] = list(args, "format");
  if (more !== undefined || !["text", "json"].includes(format))
    throw new UserError(`--format ${more ?? format}: not text or json`);
  return format === "json";
}
