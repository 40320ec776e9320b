import { existsSync } from "node:fs";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";

/** The nearest directory from this one up that has a .git: a directory, or a file in a worktree or a submodule. */
export function repositoryOf(directory: string): string | undefined {
  for (let at = directory; ; at = dirname(at)) {
    if (existsSync(join(at, ".git"))) return at;
    if (dirname(at) === at) return undefined;
  }
}

/** A path of a run in `cwd` as the repository's services know it; one outside of the repository stays as it is. */
export function pathInRepository(path: string, cwd: string, repository: string): string {
  const inside = relative(repository, resolve(cwd, path)).replaceAll(sep, "/");
  return inside === "" || isAbsolute(inside) || /^\.\.(?:\/|$)/.test(inside) ? path : inside;
}
