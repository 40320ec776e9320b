import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { root } from "./support/fixtures.ts";
import { run } from "./support/run.ts";

const scratch = mkdtempSync(join(tmpdir(), "docs-"));
afterAll(() => rmSync(scratch, { recursive: true }));

const pages = ["README.md", "CONTRIBUTING.md", "SECURITY.md", "CHANGELOG.md"]
  .concat(
    readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" }).map((page) => `docs/${page}`),
  )
  .filter((page) => page.endsWith(".md") && !page.startsWith("docs/rules/"))
  .filter((page) => readdirSync(join(root, dirname(page))).includes(page.split("/").at(-1) ?? ""));
const read = (page: string) => readFileSync(join(root, page), "utf8");

/** A console session with the directory that a comment above it names; "…" stands for lines that are left out. */
const SESSION = /<!-- in (\S+) -->\n+```console\n([\s\S]*?)```/g;
const sessions = pages.flatMap((page) =>
  [...read(page).matchAll(SESSION)].map(([, directory = "", session = ""]) => ({ page, directory, session })),
);

test.each(sessions)("what $page prints in $directory is what is printed", async ({ directory, session }) => {
  const cwd = mkdtempSync(join(scratch, "in-"));
  cpSync(join(root, directory), cwd, { recursive: true });
  for (const part of session.split(/^\$ /m).slice(1)) {
    const [command = "", ...shown] = part.trimEnd().split("\n");
    const [program, ...argv] = command.split(" ");
    expect(program).toBe("pgconflint");
    const { stdout, stderr } = await run(argv, { cwd, env: { LANG: "C.UTF-8" } });
    expect(matched(shown, `${stdout}${stderr}`.trimEnd().split("\n")), command).toEqual(shown);
  }
});

/** The printed lines, with "…" where the page leaves some out, so that a difference can be read. */
function matched(shown: readonly string[], printed: readonly string[]): readonly string[] {
  let at = 0;
  return shown.map((line, index) => {
    if (line !== "…") return printed[at++] ?? "(the end)";
    const next = shown[index + 1];
    const found = next === undefined ? printed.length : printed.indexOf(next, at);
    at = found < 0 ? printed.length : found;
    return line;
  });
}

test.each(pages)("the links of %s lead somewhere", (page) => {
  for (const [, link = ""] of read(page).matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g))
    expect(() => readFileSync(join(root, dirname(page), link)), link).not.toThrow("ENOENT");
});

test.each(pages)("the links of %s into a page name one of its headings", (page) => {
  for (const [, link, anchor = ""] of read(page).matchAll(/\]\(([^)#:]*)#([^)]+)\)/g)) {
    const target = link ? read(join(dirname(page), link)) : read(page);
    const headings = [...target.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => slug(heading));
    const named = [...target.matchAll(/<a id="([^"]+)">/g)].map(([, id]) => id);
    expect([...headings, ...named], `${link}#${anchor}`).toContain(anchor);
  }
});

/** As GitHub makes an anchor of a heading. */
const slug = (heading: string): string =>
  heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, "")
    .replaceAll(" ", "-");
