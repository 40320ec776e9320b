import { execFileSync, spawnSync } from "node:child_process";
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { root } from "./fixtures.ts";
import { tree } from "./tree.ts";

/** This project's repository may be in the middle of a commit, and the user's own settings of git are no part of a test. */
const ENV = {
  ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"))),
  GIT_CONFIG_GLOBAL: "/dev/null",
  GIT_CONFIG_NOSYSTEM: "1",
  GIT_AUTHOR_NAME: "A",
  GIT_AUTHOR_EMAIL: "a@example.com",
  GIT_COMMITTER_NAME: "A",
  GIT_COMMITTER_EMAIL: "a@example.com",
  LANG: "C.UTF-8",
};

type Files = Readonly<Record<string, string>>;

/** A user's repository. */
export class Repository {
  readonly folder: string;
  readonly #env: NodeJS.ProcessEnv;

  constructor(files: Files = {}, env: NodeJS.ProcessEnv = {}) {
    this.folder = tree(files);
    this.#env = { ...ENV, ...env };
    this.run("git", "init", "-q");
  }

  /** What a program prints here, on both outputs, and how it ends. */
  run(program: string, ...args: string[]): { readonly code: number | null; readonly output: string } {
    const { status, stdout, stderr, error } = spawnSync(program, args, {
      cwd: this.folder,
      env: this.#env,
      encoding: "utf8",
      maxBuffer: 2 ** 26,
    });
    if (error) throw error;
    return { code: status, output: `${stdout}${stderr}` };
  }

  write(files: Files): void {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), text);
    }
  }

  /** Writes the files and commits all that has changed. */
  commit(files: Files): { readonly code: number | null; readonly output: string } {
    this.write(files);
    this.run("git", "add", "-A");
    return this.run("git", "commit", "-m", "change");
  }

  /** Puts the program where npm would. */
  linkProgram(): void {
    this.write({ "node_modules/.bin/.keep": "", ".gitignore": "node_modules\n" });
    symlinkSync(join(root, "bin/pgconflint.js"), join(this.folder, "node_modules/.bin/pgconflint"));
  }

  /** A file as the last commit has it. */
  committed(path: string): string {
    return this.run("git", "show", `HEAD:${path}`).output;
  }
}

/** The blocks of a page of the guide that start with such a line, with it. */
export function snippets(page: string, firstLine: string): string[] {
  const text = readFileSync(join(root, "docs/guide", page), "utf8");
  return [...text.matchAll(/^```\w+\n([\s\S]*?)^```$/gm)]
    .map(([, block = ""]) => block)
    .filter((block) => block.startsWith(`${firstLine}\n`));
}

/** A repository of this project with all files as they are now, committed or not, and without a history. */
export function projectRepository(): { readonly folder: string; readonly commit: string } {
  const folder = mkdtempSync(join(tmpdir(), "pgconflint-project-"));
  const git = (cwd: string, ...args: string[]) =>
    execFileSync("git", args, { cwd, env: ENV, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  const files = git(root, "ls-files", "-z", "--cached", "--others", "--exclude-standard").split("\0");
  for (const file of new Set(files))
    if (file !== "" && existsSync(join(root, file))) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      copyFileSync(join(root, file), join(folder, file));
    }
  git(folder, "init", "-q");
  git(folder, "add", "-A");
  git(folder, "commit", "-qm", "as it is");
  return { folder, commit: git(folder, "rev-parse", "HEAD").trim() };
}
