import type { Disk } from "../../node/disk.ts";
import type templates from "./templates.json";

/** A service, or a hook, that could run pgconflint. */
interface Service {
  readonly name: string;
  readonly template: keyof typeof templates;
  /** Files and directories by which it is known. */
  readonly signs: readonly string[];
}

export interface Found extends Service {
  /** Does it run pgconflint already? */
  readonly runs: boolean;
}

const SERVICES: readonly Service[] = [
  { name: "GitHub Actions", template: "github-actions.yml", signs: [".github/workflows"] },
  { name: "GitLab", template: "pgconflint.gitlab-ci.yml", signs: [".gitlab-ci.yml"] },
  { name: "Jenkins", template: "Jenkinsfile", signs: ["Jenkinsfile"] },
  { name: "Azure Pipelines", template: "azure-pipelines.yml", signs: ["azure-pipelines.yml"] },
  { name: "Bitbucket Pipelines", template: "bitbucket-pipelines.yml", signs: ["bitbucket-pipelines.yml"] },
  { name: "CircleCI", template: "circleci.yml", signs: [".circleci/config.yml"] },
  { name: "Forgejo or Gitea", template: "forgejo.yml", signs: [".forgejo/workflows", ".gitea/workflows"] },
  { name: "pre-commit", template: "pre-commit.yml", signs: [".pre-commit-config.yaml"] },
  { name: "lefthook", template: "lefthook.yml", signs: ["lefthook.yml", "lefthook.yaml", ".lefthook.yml"] },
  { name: "husky", template: "husky", signs: [".husky"] },
];
/** Where there is nothing else to hang it on. */
const PACKAGE: Service = { name: "npm", template: "package-json", signs: ["package.json"] };

/** The services that a repository uses. */
export function servicesIn(root: string, disk: Disk): Found[] {
  const found = SERVICES.flatMap((service) => foundIn(root, service, disk));
  return found.length > 0 ? found : foundIn(root, PACKAGE, disk);
}

function foundIn(root: string, service: Service, disk: Disk): Found[] {
  const signs = service.signs.map((sign) => `${root}/${sign}`).filter((path) => disk.has(path));
  return signs.length === 0 ? [] : [{ ...service, runs: signs.some((sign) => namesUs(sign, disk)) }];
}

function namesUs(path: string, disk: Disk): boolean {
  const entries = disk.entries(path);
  const files = typeof entries === "string" ? [path] : [...entries.files].map((name) => `${path}/${name}`);
  return files.some((file) => {
    const source = disk.read(file);
    return typeof source !== "string" && source.text.includes("pgconflint");
  });
}

/** A template for a folder of the repository, whose pgconflint.ini a run from the root would not find. */
export function placedIn(folder: string, template: string): string {
  if (folder === "") return template;
  // Double quotes, as the templates have single ones round a command.
  const word = (path: string) => (/^[\w./-]+$/.test(path) ? path : `"${path.replace(/["$`\\]/g, "\\$&")}"`);
  const paths = `${word(folder)} --config ${word(`${folder}/pgconflint.ini`)}`;
  return template
    .replace(/ check (?:\.|\$PGCONFLINT_PATHS)(?=[\s"])/g, () => ` check ${paths}`)
    .replace(/^ +variables:\n +PGCONFLINT_PATHS: .*\n/m, "")
    .replace('"pgconflint.ini"', () => `"${folder}/pgconflint.ini"`)
    .replace(/^( +)paths: \.$/m, (_, indent) => `${indent}working-directory: ${folder}`)
    .replace(
      /^( +)- id: pgconflint$/m,
      (line, indent) => `${line}\n${indent}  args: [--config, ${folder}/pgconflint.ini]`,
    );
}
