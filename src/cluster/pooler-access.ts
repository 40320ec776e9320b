import { readUserlist, type Userlist } from "../syntax/userlist.ts";
import type { FileSet } from "../text/files.ts";
import type { Source } from "../text/source.ts";
import type { Pooler } from "./pooler.ts";
import { type PoolerHba, readPoolerHba } from "./pooler-hba.ts";
import type { PoolerHbaProblem, UserlistProblem } from "./pooler-problems.ts";

/** Who may log in to a pooler: the files that its settings name. */
export interface PoolerAccess {
  readonly userlist: Userlist | undefined;
  readonly hba: PoolerHba | undefined;
  readonly problems: readonly (UserlistProblem | PoolerHbaProblem)[];
}

/** `beside` is a userlist.txt that was given without being named. */
export function readPoolerAccess(files: FileSet, pooler: Pooler, beside: Source | undefined): PoolerAccess {
  const named = fileOf(files, pooler.text("auth_file"));
  const list = named ?? beside;
  const userlist = list && readUserlist(list, pooler.version);
  // Any other auth_type does not read the file.
  const rules = pooler.text("auth_type") === "hba" ? fileOf(files, pooler.text("auth_hba_file")) : undefined;
  const hba = rules && readPoolerHba(files, rules, pooler.version);
  return { userlist, hba, problems: [...(userlist ? broken(userlist) : []), ...(hba?.problems ?? [])] };
}

function fileOf(files: FileSet, path: string): Source | undefined {
  const source = path === "" ? "" : files.read(path);
  return typeof source === "string" ? undefined : source;
}

const WORDS = {
  "no-quote": "broken auth file",
  unfinished: "broken auth file",
  "too-long": "password too long in auth file",
} as const;

function broken({ source, error }: Userlist): UserlistProblem[] {
  if (!error) return [];
  const server = { effect: "ignored", when: "read", message: WORDS[error.reason] } as const;
  return [{ kind: "userlist/broken", place: { source, span: error.span }, reason: error.reason, server }];
}
