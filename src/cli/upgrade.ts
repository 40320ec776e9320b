import { lintFiles } from "../api/lint-files.ts";
import { withUnit } from "../api/shown-value.ts";
import { releases, type Upgrade, upgradeOf } from "../api/upgrade.ts";
import type { Setting } from "../catalog/setting.ts";
import { NEWEST, versionText } from "../catalog/version.ts";
import type { Finding } from "../engine/report.ts";
import { filesOn } from "../node/disk.ts";
import { UserError } from "../node/problem.ts";
import { jsonText } from "../report/json-text.ts";
import { printable } from "../report/printable.ts";
import { wrap } from "../report/wrap.ts";
import { type Args, text } from "./args.ts";
import { circumstances } from "./circumstances.ts";
import { wantsJson } from "./format.ts";
import { readInput, tellRefused } from "./input.ts";
import type { ExitCode, Io } from "./io.ts";
import { openRulebook } from "./rulebook.ts";

interface OfServer extends Upgrade {
  readonly file: string;
  readonly from: string;
  readonly to: string;
}

/** Exit codes: 1 where the new release would not start. */
export async function upgrade(args: Args, io: Io): Promise<ExitCode> {
  const input = readInput(args, io);
  const around = await circumstances(args, input.config);
  const rulebookFor = openRulebook(around.config ?? {});
  let rulebook = await rulebookFor(filesOn(input.disk, []));
  for (const { files } of input.servers) rulebook = await rulebookFor(files);
  const to = text(args, "to") ?? `${NEWEST}`;
  const upgrades = input.servers.flatMap(({ files, target }): OfServer[] => {
    const today = lintFiles(files, { ...around, rulebook, target });
    const then = lintFiles(files, {
      ...around,
      rulebook,
      target: { ...target, postgres: to, from: { postgres: "--to" } },
    });
    const [file] = files.paths;
    if (!today.cluster.conf || file === undefined) return [];
    const { from } = releases(today, then);
    if (from.major >= releases(today, then).to.major)
      throw new UserError(
        `${file}: is for PostgreSQL ${versionText(from)} already (${today.report.target.postgres?.from}); --to says which release is to come, --postgres which it is today`,
      );
    return [{ file, from: versionText(from), to, ...upgradeOf(today, then) }];
  });
  tellRefused(input.disk.refused, io);
  if (upgrades.length === 0) throw new UserError("there is no postgresql.conf among the files");
  if (wantsJson(args)) io.stdout(jsonText(upgrades));
  else io.stdout(upgrades.map(printed).join("\n\n"));
  return upgrades.some(({ refused }) => refused.length > 0) ? 1 : 0;
}

function printed({ file, from, to, refused, found, defaults, news }: OfServer): string {
  const start =
    refused.length === 0
      ? `PostgreSQL ${to} starts with these files, as far as files tell.`
      : `PostgreSQL ${to} does not start before these are changed: ${refused.length}`;
  return [
    `${printable(file)}: from PostgreSQL ${from} to ${to}`,
    [start, ...refused.map(findingText)].join("\n"),
    ...listed("To look at", found.map(findingText)),
    ...listed(
      "Left at a default that changes",
      defaults.map(({ name, before, after, unit, since, means }) =>
        entry(`${name}: ${shown(before, unit)} to ${shown(after, unit)} (${since})`, means),
      ),
    ),
    ...listed(
      "New, and at work by itself",
      news.map(({ name, since, means }) => entry(`${name} (${since})`, means)),
    ),
  ]
    .map((block) => `${block}\n`)
    .join("\n");
}

const shown = (value: string | null, unit: Setting["unit"]) => (value === null ? "" : withUnit(value, unit));
const listed = (title: string, entries: readonly string[]) =>
  entries.length === 0 ? [] : [[`${title}: ${entries.length}`, ...entries].join("\n")];
const entry = (what: string, means: string) => `  ${what}\n${wrap(means).replaceAll(/^/gm, "    ")}`;
const findingText = ({ path, line, rule, message }: Finding) =>
  entry(`${printable(path)}:${line}  ${rule}`, printable(message));
