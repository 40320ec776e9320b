/** What tells paths apart: prod/db1/etc/postgresql/16/main and prod/db2/etc/postgresql/16/main are db1 and db2. */
export function shortNames(paths: readonly string[]): ReadonlyMap<string, string> {
  const parts = paths.map((path) => path.split("/"));
  const shortest = Math.min(...parts.map(({ length }) => length));
  const isCommon = (at: number) => parts.every((its) => its.at(at) === parts[0]?.at(at));
  let start = 0;
  while (start < shortest - 1 && isCommon(start)) start++;
  let end = 0;
  while (end < shortest - 1 - start && isCommon(-1 - end)) end++;
  return new Map(parts.map((its, at) => [paths[at] ?? "", its.slice(start, its.length - end).join("/")]));
}
