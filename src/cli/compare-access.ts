import { type AccessFile, accessElements, accessFiles } from "../api/access-file.ts";
import type { AccessComparison } from "../api/compare/report.ts";
import type { AccessText } from "../api/compare/server-values.ts";
import { diffAccess } from "../api/diff-hba.ts";
import type { ServerFiles } from "../node/discover.ts";
import type { ServerReader } from "./compare-servers.ts";
import { refusalText } from "./hba-diff.ts";

/** A file about who gets in, with those among which its server reads it. */
export interface AccessAmong extends Pick<AccessText, "file" | "path"> {
  readonly files: readonly ServerFiles[];
}

/** What differs between two files of the same kind; both are read anew. */
export function accessBetween(
  before: AccessAmong,
  after: AccessAmong,
  reader: ServerReader,
): AccessComparison {
  const elements = accessElements();
  const [old, now] = [before, after].map((among) => fileOf(among, elements, reader));
  const paths = [before.path, after.path] as const;
  const refusal = [old, now].map(refusalOf).find((words) => words !== null) ?? null;
  const changes = old && now && refusal === null ? diffAccess(old, now, elements) : [];
  return { file: before.file, paths, changes, refusal };
}

function fileOf(
  { file, path, files }: AccessAmong,
  elements: ReturnType<typeof accessElements>,
  reader: ServerReader,
): AccessFile | undefined {
  const dialect = file === "pg_hba.conf" ? "postgres" : "pgbouncer";
  return files
    .flatMap((its) => accessFiles(reader.cluster(its), elements, dialect))
    .find(({ source }) => source.path === path);
}

function refusalOf(file: AccessFile | undefined): string | null {
  if (!file) return "a file went away while it was read";
  return file.refusal === null ? null : refusalText(file);
}
