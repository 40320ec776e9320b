import type { Ignored } from "../api/compare/ignored.ts";
import { comparePair } from "../api/compare/pair.ts";
import type { PairReport } from "../api/compare/report.ts";
import type { ServerValues } from "../api/compare/server-values.ts";
import type { ServerFiles } from "../node/discover.ts";
import { UserError } from "../node/problem.ts";
import { accessBetween } from "./compare-access.ts";
import type { ServerReader } from "./compare-servers.ts";

export function pairReport(one: string, other: string, ignored: Ignored, reader: ServerReader): PairReport {
  const [here, there] = [sideAt(one, reader), sideAt(other, reader)];
  // A file with a name of its own, such as postgresql.conf.new, is a version of the other rather than another host's.
  const related = [here, there].every(({ files }) => files.every(({ fragment }) => !fragment));
  const comparison = comparePair(here.values, there.values, { related, ignored });
  const both = here.values.access.flatMap((mine) => {
    const its = there.values.access.find(({ file }) => file === mine.file);
    return its && !ignored(its.file) ? [[mine, its] as const] : [];
  });
  if (comparison.compared === 0 && both.length === 0)
    throw new UserError(`compare: ${one} and ${other} have nothing in common that could be compared`);
  const access = both
    .filter(([mine, its]) => mine.text !== its.text)
    .map(([mine, its]) =>
      accessBetween({ ...mine, files: here.files }, { ...its, files: there.files }, reader),
    );
  return { servers: [here.values, there.values], ...comparison, access };
}

/** A server, or a PostgreSQL and the PgBouncer before it. */
interface Side {
  readonly values: ServerValues;
  readonly files: readonly ServerFiles[];
}

function sideAt(path: string, reader: ServerReader): Side {
  const files = reader.find(path);
  const found = files.flatMap((its) => reader.values(its, path) ?? []);
  const [first, ...others] = found;
  if (!first) throw new UserError(`compare: there is no server's configuration in ${path}`);
  for (const program of ["postgres", "pgbouncer"] as const) {
    const mains = found.filter((values) => values[program] !== null);
    if (mains.length > 1)
      throw new UserError(
        `compare: there are ${mains.length} servers in ${path}; name one of them, or say --group ${path}`,
      );
  }
  return { values: others.reduce(together, first), files };
}

const together = (one: ServerValues, other: ServerValues): ServerValues => ({
  path: one.path,
  standby: one.standby || other.standby,
  postgres: one.postgres ?? other.postgres,
  pgbouncer: one.pgbouncer ?? other.pgbouncer,
  values: new Map([...one.values, ...other.values]),
  unknown: new Map([...one.unknown, ...other.unknown]),
  access: [...one.access, ...other.access],
});
