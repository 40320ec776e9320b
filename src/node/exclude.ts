import { relative } from "node:path";
import { globMatcher } from "../engine/glob.ts";

/**
 * Tells the files that a pgconflint.ini in the directory `home` wants never to be looked at. A glob that fits a directory
 * excludes what is below it, so that `vendor`, `vendor/` and `vendor/**` mean the same.
 */
export function exclusion(globs: readonly string[], home: string): (absolutePath: string) => boolean {
  const patterns = globs.map((glob) => globMatcher(glob.replace(/\/$/, "")));
  return (path) => {
    if (patterns.length === 0) return false;
    const fromHome = relative(home, path);
    // The folders above a repository are no business of its globs.
    const seen = fromHome.startsWith("..") ? path : `/${fromHome}`;
    return withFolders(seen).some((part) => patterns.some((pattern) => pattern.test(part)));
  };
}

/** A path and the folders that it is in: /a/b/c, /a/b, /a. */
function withFolders(path: string): string[] {
  const folders = [path];
  for (let slash = path.lastIndexOf("/"); slash > 0; slash = path.lastIndexOf("/", slash - 1))
    folders.push(path.slice(0, slash));
  return folders;
}
