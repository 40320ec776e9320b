import { accessElements, accessFiles } from "../api/access-file.ts";
import { type Ignored, ignoring } from "../api/compare/ignored.ts";
import { comparePair, isDrift } from "../api/compare/pair.ts";
import type { AccessComparison, PairReport } from "../api/compare/report.ts";
import type { AccessText, ServerValues } from "../api/compare/server-values.ts";
import { diffAccess } from "../api/diff-hba.ts";
import type { ServerFiles } from "../node/discover.ts";
import { UserError } from "../node/problem.ts";
import { pageAsMarkdown, pageAsText } from "../report/compare/page.ts";
import { pairPage } from "../report/compare/pair.ts";
import { pairJson } from "../report/compare/pair-json.ts";
import { colors } from "../report/paint.ts";
import { type Args, flag, list } from "./args.ts";
import { ServerReader } from "./compare-servers.ts";
import { namesIn } from "./ignored-names.ts";
import { type ExitCode, type Io, wantsColor } from "./io.ts";
import { COMPARE_FORMATS } from "./options.ts";
import { outputsOf, print } from "./outputs.ts";

/** Exit codes: 0 where nothing but what is expected differs, 1 where something does. */
export function compare(args: Args, io: Io): ExitCode {
  const outputs = outputsOf(args, COMPARE_FORMATS, ["text"]);
  const reader = new ServerReader(args, io);
  const ignored = ignoring(namesIn(list(args, "ignore")));
  const [one, other, more] = args.paths;
  if (one === undefined || other === undefined || more !== undefined)
    throw new UserError(
      "compare: say which two servers, pgconflint compare A B; --group DIR compares all below DIR",
    );
  const sides = [sideAt(one, reader), sideAt(other, reader)] as const;
  const report = pairReport(sides, ignored, reader);
  for (const output of outputs) {
    const paint = output.file === undefined && wantsColor(io, flag(args, "color")) ? colors() : undefined;
    if (output.format === "json") print(output, pairJson(report), io);
    else {
      const page = pairPage(report);
      print(output, output.format === "text" ? pageAsText(page, paint) : pageAsMarkdown(page), io);
    }
  }
  const { differences, access, unknown } = report;
  const differs =
    differences.some(isDrift) ||
    unknown.length > 0 ||
    access.some(({ changes, refusal }) => changes.length > 0 || refusal !== null);
  return differs ? 1 : 0;
}

/** One side: a server, or a PostgreSQL and the PgBouncer before it. */
interface Side {
  readonly values: ServerValues;
  readonly files: readonly ServerFiles[];
}

function sideAt(path: string, reader: ServerReader): Side {
  const files = reader.find(path);
  const found = files.flatMap((its) => reader.values(its, path) ?? []);
  const [first, ...others] = found;
  if (!first) throw new UserError(`compare: there is no server's configuration in ${path}`);
  for (const program of ["postgres", "pgbouncer"] as const)
    if (found.filter((values) => values[program] !== null).length > 1)
      throw new UserError(
        `compare: there are several servers in ${path}: ${rootsText(files)}; name one of them, or say --group ${path}`,
      );
  return { values: others.reduce(together, first), files };
}

const rootsText = (files: readonly ServerFiles[]) => files.map(({ roots: [main = ""] }) => main).join(", ");

const together = (one: ServerValues, other: ServerValues): ServerValues => ({
  path: one.path,
  standby: one.standby || other.standby,
  postgres: one.postgres ?? other.postgres,
  pgbouncer: one.pgbouncer ?? other.pgbouncer,
  values: new Map([...one.values, ...other.values]),
  unknown: new Set([...one.unknown, ...other.unknown]),
  access: [...one.access, ...other.access],
});

function pairReport(sides: readonly [Side, Side], ignored: Ignored, reader: ServerReader): PairReport {
  const [one, other] = sides;
  // Files with names of their own are versions of one file rather than of two hosts.
  const related = sides.every(({ files }) => files.every(({ fragment }) => !fragment));
  const comparison = comparePair(one.values, other.values, { related, ignored });
  const access = one.values.access.flatMap((here) => {
    const there = other.values.access.find(({ file }) => file === here.file);
    return there && there.text !== here.text && !ignored(here.file)
      ? [accessBetween(here, one, there, other, reader)]
      : [];
  });
  return { servers: [one.values, other.values], ...comparison, access };
}

function accessBetween(
  here: AccessText,
  one: Side,
  there: AccessText,
  other: Side,
  reader: ServerReader,
): AccessComparison {
  const elements = accessElements();
  const dialect = here.file === "pg_hba.conf" ? "postgres" : "pgbouncer";
  const [before, after] = [
    { path: here.path, side: one },
    { path: there.path, side: other },
  ].map(({ path, side }) =>
    side.files
      .flatMap((files) => accessFiles(reader.cluster(files), elements, dialect))
      .find(({ source }) => source.path === path),
  );
  const paths = [here.path, there.path] as const;
  if (!before || !after) return { file: here.file, paths, changes: [], refusal: "a file is gone" };
  const refused = [before, after].find(({ refusal }) => refusal !== null);
  const refusal = refused
    ? `${refused.source.path}: ${refused.server} does not load it: ${refused.refusal}`
    : null;
  return { file: here.file, paths, changes: refused ? [] : diffAccess(before, after, elements), refusal };
}
