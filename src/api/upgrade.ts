import { changedDefaults, newAtWork } from "../catalog/changed-defaults.ts";
import type { Setting } from "../catalog/setting.ts";
import type { Version } from "../catalog/version.ts";
import type { Finding } from "../engine/report.ts";
import type { Linted } from "./lint-files.ts";

/** What becomes of a server's files when a later major reads them. */
export interface Upgrade {
  /** What the new server does not start with, and the old one does. */
  readonly refused: readonly Finding[];
  /** What is found for the new release only: deprecated, ignored, of no use any more. */
  readonly found: readonly Finding[];
  /** What the files leave at a default that is another one then. */
  readonly defaults: readonly {
    readonly name: string;
    readonly before: string | null;
    readonly after: string | null;
    readonly unit: Setting["unit"];
    readonly since: number;
    readonly means: string;
  }[];
  /** What is new and at work by itself. */
  readonly news: readonly { readonly name: string; readonly since: number; readonly means: string }[];
}

/** The same files, judged for the release of today and for the one to come. */
export function upgradeOf(today: Linted, then: Linted): Upgrade {
  const known = new Set(today.report.findings.map(identity));
  const fresh = then.report.findings.filter((finding) => !known.has(identity(finding)));
  const isRefused = ({ server }: Finding) => server?.effect === "refuses" && server.when !== "login";
  const { from, to } = releases(today, then);
  const isLeft = (name: string) =>
    [today, then].every(({ cluster: { conf } }) => conf?.get(name)?.item == null);
  return {
    refused: fresh.filter(isRefused),
    found: fresh.filter((finding) => !isRefused(finding)),
    defaults: changedDefaults(from, to)
      .filter(({ setting }) => isLeft(setting.name))
      .map(({ setting: { name, unit, default: after }, before, since, means }) => ({
        name,
        before,
        after,
        unit,
        since,
        means,
      })),
    news: newAtWork(from, to).filter(({ name }) => isLeft(name)),
  };
}

export const releases = (today: Linted, then: Linted): { readonly from: Version; readonly to: Version } => ({
  from: today.cluster.target.postgres,
  to: then.cluster.target.postgres,
});

/** By what the finding is about; a message may name the release. */
const identity = ({ rule, severity, path, line, column, server }: Finding): string =>
  JSON.stringify([rule, severity, path, line, column, server?.effect]);
