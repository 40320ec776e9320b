import { readUserlist, type Userlist } from "../syntax/userlist.ts";
import type { FileSet } from "../text/files.ts";
import type { Source } from "../text/source.ts";
import type { Pooler } from "./pooler.ts";
import { type PoolerHba, readPoolerHba } from "./pooler-hba.ts";
import { type PoolerIdent, readPoolerIdent } from "./pooler-ident.ts";
import type { PoolerHbaProblem, UserlistProblem } from "./pooler-problems.ts";

/** Who may log in to a pooler: the files that its settings name. */
export interface PoolerAccess {
  readonly userlist: Userlist | undefined;
  readonly hba: PoolerHba | undefined;
  readonly ident: PoolerIdent | undefined;
  readonly problems: readonly (UserlistProblem | PoolerHbaProblem)[];
}

/** `beside` is a userlist.txt that was given without being named. */
export function readPoolerAccess(files: FileSet, pooler: Pooler, beside: Source | undefined): PoolerAccess {
  const named = fileOf(files, pooler.text("auth_file"));
  const list = named ?? beside;
  const userlist = list && readUserlist(list, pooler.version);
  // Any other auth_type does not read these files.
  const readBy = pooler.text("auth_type") === "hba" ? files : undefined;
  const mappings = pooler.text("auth_ident_file");
  const identFile = readBy && fileOf(readBy, mappings);
  const ident = identFile && readPoolerIdent(identFile);
  const maps = ident || mappings === "" ? new Set(ident?.lines.map(({ map }) => map)) : null;
  const rules = readBy && fileOf(readBy, pooler.text("auth_hba_file"));
  const hba = rules && readPoolerHba(files, rules, pooler.version, maps);
  const problems = [
    ...(userlist ? broken(userlist) : []),
    ...(ident?.problems ?? []),
    ...(hba?.problems ?? []),
  ];
  return { userlist, hba, ident, problems };
}

function fileOf(files: FileSet, path: string): Source | undefined {
  const source = files.has(path) ? files.read(path) : "";
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
