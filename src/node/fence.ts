import { readlinkSync, realpathSync } from "node:fs";
import { dirname, join, relative, resolve, sep } from "node:path";
import { UserError } from "./problem.ts";
import { repositoryOf } from "./repository.ts";

/** The trees that a run may read: what leads out of them, by a path or by a link, is left alone. */
export interface Fence {
  /** As people know them. */
  readonly trees: readonly string[];
  /** `path` is absolute; what is not there is where its directory is. */
  isInside(path: string): boolean;
}

export interface FenceInput {
  readonly cwd: string;
  /** What --follow says. */
  readonly follow?: "tree" | "anywhere" | undefined;
  /** Does a CI run this? */
  readonly ci?: boolean;
}

/**
 * Whoever writes the files of a repository is not thereby allowed to read the machine that checks them. On a server,
 * where nothing is in a repository, files lead anywhere.
 */
export function fenceFor(paths: readonly string[], { cwd, follow, ci }: FenceInput): Fence | undefined {
  if (follow === "anywhere") return undefined;
  const trees = paths.map((path) => {
    const absolute = resolve(cwd, path);
    const working = follow === "tree" || ci ? cwd : undefined;
    return treeAround(absolute) ?? (working && (isBelow(working, absolute) ? working : dirname(absolute)));
  });
  const known = [...new Set(trees.filter((tree) => tree !== undefined))];
  return known.length === 0 || trees.includes(undefined) ? undefined : fenceOf(known);
}

export function fenceOf(trees: readonly string[]): Fence {
  const real = trees.map((tree) => realOrSelf(tree));
  return { trees, isInside: (path) => real.some((tree) => isBelow(tree, realOrSelf(path))) };
}

/** etckeeper keeps /etc in a repository, and a few people keep /: those are machines, and no pull request fills them. */
const MACHINES = ["/", "/etc"];

function treeAround(path: string): string | undefined {
  const repository = repositoryOf(path);
  return repository !== undefined && MACHINES.includes(repository) ? undefined : repository;
}

/** Whoever commits a link under the name of a report would have it written wherever the link leads. */
export function mustNotLeadOut(path: string, cwd: string): void {
  const fence = fenceFor([path], { cwd });
  if (fence && !fence.isInside(resolve(cwd, path)))
    throw new UserError(`${path}: a link that leads out of the repository`);
}

/** Where links lead; of what is not there, where it would be. */
function realOrSelf(path: string, links = 0): string {
  try {
    return realpathSync.native(path);
  } catch {
    const parent = dirname(path);
    if (parent === path) return path;
    const target = links < 40 ? linkAt(path) : undefined;
    return target === undefined
      ? join(realOrSelf(parent, links), relative(parent, path))
      : realOrSelf(resolve(parent, target), links + 1);
  }
}

function linkAt(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}

const isBelow = (tree: string, path: string) =>
  path === tree || path.startsWith(tree.endsWith(sep) ? tree : `${tree}${sep}`);
