import type { Dialect } from "../api/access-file.ts";
import { type Args, text } from "./args.ts";

/** Whose records they are, where the command line says so. */
export function dialectOf(args: Args): Dialect | undefined {
  const dialect = text(args, "dialect");
  return dialect === "postgres" || dialect === "pgbouncer" ? dialect : undefined;
}
