import { relative } from "node:path";
import { unifiedDiff } from "../fix/unified-diff.ts";
import type { Disk } from "../node/disk.ts";
import { type Rewrite, realPath } from "../node/rewrite.ts";
import { redact } from "../text/redact.ts";
import { bytesOf, type Source } from "../text/source.ts";

/** What becomes of a file that was read; `path` is the file itself, behind all links. */
export function rewriteOf(path: string, after: Source, disk: Disk): Rewrite {
  const before = disk.read(after.path);
  if (typeof before === "string") throw new TypeError(`${after.path} was edited, but never read: ${before}`);
  return { name: after.path, path, before: bytesOf(before), after: bytesOf(after) };
}

/**
 * Byte for byte, as the difference has to fit the file; lines that hold a secret are no part of any output, and
 * `hidden` tells that there are some.
 */
export function diffOf(
  { name, path, before, after }: Rewrite,
  cwd: string,
  clean: (line: string) => string = redact,
): { readonly text: Uint8Array; readonly hidden: string | undefined } {
  const bytes = (text: Uint8Array) => Buffer.from(text).toString("latin1");
  const { text: shown, hidden } = unifiedDiff({
    path: pathInDiff(path, cwd),
    before: bytes(before),
    after: bytes(after),
    isSecret: (line) => clean(line) !== line,
  });
  const left = `${name}: ${plural(hidden, "change", "changes")} left out, as a password stands beside`;
  return { text: Buffer.from(shown, "latin1"), hidden: hidden > 0 ? left : undefined };
}

/** From the working directory, where `git apply` is run; from the root for what is outside of it. */
function pathInDiff(path: string, cwd: string): string {
  const inside = relative(realPath(cwd), path);
  return inside.startsWith("../") ? path.slice(1) : inside;
}

export const plural = (count: number, one: string, many: string): string =>
  `${count} ${count === 1 ? one : many}`;
