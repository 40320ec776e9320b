import { settingsOf } from "../catalog/postgres.ts";
import type { Setting } from "../catalog/setting.ts";
import { buildCluster } from "../cluster/build.ts";
import type { Conf } from "../cluster/conf.ts";
import { resolveTarget } from "../cluster/target.ts";
import { type FileSet, fileSet } from "../text/files.ts";
import type { LintInput } from "./lint.ts";

/** A setting as the server has it after reading its files; `path` and `line` are null where it is a default. */
export interface SettingInEffect {
  readonly name: string;
  /** The value as it is written. */
  readonly value: string;
  /** The text that `postgres -C NAME` prints. */
  readonly base: string;
  readonly unit: Setting["unit"];
  readonly path: string | null;
  readonly line: number | null;
  readonly context: Setting["context"] | null;
  readonly default: string | null;
}

/** Every setting of the target's release with its effective value and where it comes from. */
export const effectiveSettings = ({ files, ...input }: LintInput): SettingInEffect[] =>
  effectiveSettingsOf(fileSet(files), input);

/** The same over files from anywhere. */
export function effectiveSettingsOf(files: FileSet, { target, options = {} }: Omit<LintInput, "files">) {
  const { conf } = buildCluster(files, resolveTarget(target ?? {}, {}), { ...(options && { options }) });
  return conf ? inEffect(conf) : [];
}

function inEffect(conf: Conf): SettingInEffect[] {
  const known = settingsOf(conf.version)
    .filter((setting) => setting.module === null)
    .map((setting): SettingInEffect => {
      const { item, base } = conf.get(setting.name) ?? { item: null, base: "" };
      return {
        name: setting.name,
        value: item?.entry.value ?? base,
        base,
        unit: setting.unit,
        path: item?.source.path ?? null,
        line: item?.entry.line ?? null,
        context: setting.context,
        default: setting.default,
      };
    });
  const placeholders = [...conf.placeholders.values()].map(({ item: { entry, source }, value }) => ({
    name: entry.name,
    value,
    base: value,
    unit: null,
    path: source.path,
    line: entry.line,
    context: null,
    default: null,
  }));
  return [...known, ...placeholders];
}
