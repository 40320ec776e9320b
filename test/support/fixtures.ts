import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { type Finding, type LintConfig, type LintInput, lint, type Report } from "../../src/index.ts";

export const root = resolve(import.meta.dirname, "../..");

export interface TextFile {
  readonly path: string;
  readonly text: string;
}

/** Directories below `folder` (relative to the repository) that hold at least one file. */
export function caseFolders(folder: string): string[] {
  const cases: string[] = [];
  const walk = (directory: string) => {
    const entries = readdirSync(directory).sort();
    if (entries.some((entry) => /^(?:bad|good)/.test(entry))) {
      for (const entry of entries)
        if (statSync(join(directory, entry)).isDirectory()) cases.push(join(directory, entry));
    } else
      for (const entry of entries)
        if (statSync(join(directory, entry)).isDirectory()) walk(join(directory, entry));
  };
  walk(join(root, folder));
  return cases.map((directory) => relative(root, directory));
}

/** The files of one case, main file first, as the caller of the library would hand them over. */
export function readCase(folder: string): TextFile[] {
  const directory = join(root, folder);
  return readdirSync(directory, { recursive: true, encoding: "utf8" })
    .filter((path) => statSync(join(directory, path)).isFile())
    .sort((a, b) => rank(a) - rank(b) || (a < b ? -1 : 1))
    .map((path) => ({ path, text: readFileSync(join(directory, path), "utf8") }));
}

/** The report on a case; its files below primary/ are those of the server that the others are a standby of. */
export function lintCase(
  files: readonly TextFile[],
  config: LintConfig,
  target: LintInput["target"] = {},
): Report {
  const ofPrimary = ({ path }: TextFile) => path.startsWith("primary/");
  const primary = files.filter(ofPrimary);
  return lint({
    files: files.filter((file) => !ofPrimary(file)),
    ...(primary.length > 0 && { primary }),
    config,
    target,
  });
}

const MAIN = ["postgresql.conf", "pg_hba.conf", "pg_ident.conf", "pgbouncer.ini", "userlist.txt"];
const rank = (path: string) => (MAIN.includes(path) ? MAIN.indexOf(path) : MAIN.length);

/** What the files say must be found: `#~ error rule/name` above the line, `#~ file: …` for the file as a whole. */
export function expectedIn(files: readonly TextFile[]): string[] {
  return files
    .flatMap(({ path, text }) => {
      const lines = text.split("\n");
      return lines.flatMap((line, index) => {
        const marker = /^\s*[#;]~\s*(file:)?\s*(error|warning|info) ([a-z-]+\/[a-z0-9-]+)/.exec(line);
        if (!marker) return [];
        const [, file, severity, rule] = marker;
        const below = lines.findIndex((other, at) => at > index && !/^\s*[#;]~/.test(other)) + 1;
        return [`${path}:${file ? 1 : below} ${severity} ${rule}`];
      });
    })
    .sort();
}

export const foundIn = (findings: readonly Finding[]): string[] =>
  findings.map(({ path, line, severity, rule }) => `${path}:${line} ${severity} ${rule}`).sort();
