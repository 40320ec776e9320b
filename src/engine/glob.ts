/** What a part of a glob takes: that character, any but a slash, any number of those, anything, or whole folders. */
type Part = { readonly char: string } | "one" | "name" | "all" | "folders";

const WILD: Readonly<Record<string, Part>> = { "?": "one", "*": "name", "**": "all", "**/": "folders" };

const partsOf = (glob: string): Part[] =>
  [...glob.matchAll(/\*\*\/?|\*|\?|[\s\S]/g)].map(([char]) => WILD[char] ?? { char });

/**
 * `*` within a name, `**` across folders; from any folder on, unless it starts with a slash. All ways are followed at
 * once, so that it takes no more than the product of both lengths: of a regular expression made from it, a few more
 * asterisks could ask for years.
 */
export function globMatcher(glob: string): { test(path: string): boolean } {
  const parts = partsOf(glob);
  const anchored = glob.startsWith("/");
  return {
    test(path) {
      let ways = new Set<number>();
      for (let at = 0; at < path.length; at++) {
        if (at === 0 || (!anchored && path[at - 1] === "/")) enter(parts, ways, 0);
        ways = waysPast(parts, ways, path[at] ?? "");
      }
      if (path === "" || (!anchored && path.endsWith("/"))) enter(parts, ways, 0);
      return ways.has(parts.length);
    },
  };
}

/** What may take nothing is passed as well. */
function enter(parts: readonly Part[], ways: Set<number>, at: number): void {
  ways.add(at);
  const part = parts[at];
  if (part === "name" || part === "all" || part === "folders") enter(parts, ways, at + 1);
}

function waysPast(parts: readonly Part[], ways: ReadonlySet<number>, char: string): Set<number> {
  const next = new Set<number>();
  for (const at of ways) {
    const part = parts[at];
    if (part === undefined) continue;
    if (part === "all" || (part === "name" && char !== "/")) enter(parts, next, at);
    else if (part === "folders") {
      next.add(at);
      if (char === "/") enter(parts, next, at + 1);
    } else if (part === "one" ? char !== "/" : typeof part === "object" && part.char === char)
      enter(parts, next, at + 1);
  }
  return next;
}
