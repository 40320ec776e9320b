import { TargetError } from "../cluster/target.ts";
import { TooManyFindings } from "../engine/too-many.ts";
import { UserError } from "../node/problem.ts";

/** Is it the user's to mend, and no bug of ours? */
export const isUsers = (error: unknown): error is Error =>
  [UserError, TargetError, TooManyFindings].some((kind) => error instanceof kind);
