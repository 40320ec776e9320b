import { dirname } from "node:path";
import { CONFIG_NAME, type Config, loadConfig } from "../node/config.ts";
import type { Disk } from "../node/disk.ts";
import { exclusion } from "../node/exclude.ts";
import { UserError } from "../node/problem.ts";
import { ruleIds } from "../rules/ids.ts";
import { baseName, NOT_FOLLOWED } from "../text/files.ts";
import { lineMap } from "../text/lines.ts";
import { templateIn } from "../text/template.ts";
import { type Io, say } from "./io.ts";

/** What `check` does not judge, whoever names it: a hook, an editor, or somebody who names the whole directory. */
export interface LeftOut {
  /** The files and directories to judge, of those that were named. */
  judged(named: readonly string[]): string[];
  /** Is it to be found neither in a directory nor beside a file? */
  isHidden(path: string): boolean;
  isExcluded(path: string): boolean;
  /** Why there is nothing to judge. */
  why(): string;
}

export function leftOut(config: Config | undefined, disk: Disk, io: Io): LeftOut {
  const fits = exclusion(config?.exclude ?? [], disk.absolute(dirname(config?.path ?? ".")));
  const isExcluded = (path: string) => fits(disk.absolute(path));
  const told = new Set<string>();
  const configs: string[] = [];
  return {
    isExcluded,
    judged(named) {
      const wanted = named.filter((path) => !isExcluded(path));
      for (const path of wanted.filter(isConfig)) {
        loadConfig(path, io.cwd, ruleIds);
        configs.push(path);
      }
      const files = wanted.filter((path) => !isConfig(path));
      for (const path of files) {
        const template = templateAt(path, disk);
        if (template)
          throw new UserError(`${template}: check what becomes of it, or exclude it in ${CONFIG_NAME}`);
      }
      return files;
    },
    isHidden(path) {
      if (isExcluded(path)) return true;
      const template = templateAt(path, disk);
      if (template && !told.has(path)) say(io, `${template}; skipped`);
      if (template) told.add(path);
      return template !== undefined;
    },
    why() {
      if (told.size > 0) return "templates only";
      if (configs.length > 0) return `${configs.join(", ")} has no mistakes`;
      return `excluded by ${config?.path ?? CONFIG_NAME}`;
    },
  };
}

/** A hook names it as it names every file of a commit; it is read as what it is, not as a pooler's. */
const isConfig = (path: string) => baseName(path) === CONFIG_NAME;

/** Where and why a file is only a template. */
function templateAt(path: string, disk: Disk): string | undefined {
  const source = disk.isInside(path) ? disk.read(path) : NOT_FOLLOWED;
  const span = typeof source === "string" ? undefined : templateIn(source.text);
  if (typeof source === "string" || !span) return undefined;
  const { line, column } = lineMap(source).positionAt(span.start);
  return `${path}:${line}:${column}: a template, with something still to be filled in`;
}
