import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import schema from "../docs/pgconflint.schema.json" with { type: "json" };
import { main } from "../src/cli/main.ts";
import { COMMANDS, COMMON } from "../src/cli/options.ts";
import { root } from "./support/fixtures.ts";

const guide = (page: string) => readFileSync(join(root, "docs/guide", page), "utf8");

test("the guide names every command and every option", () => {
  const text = guide("command-line.md");
  const options = [COMMON, ...Object.values(COMMANDS).map((command) => command.options)];
  for (const command of Object.keys(COMMANDS))
    expect(text).toMatch(new RegExp(`pgconflint \\[?${command}\\b`));
  for (const name of options.flatMap((each) => Object.keys(each))) expect(text).toContain(`\`--${name}`);
});

test("the guide names every key of pgconflint.ini", () => {
  for (const [section, keys] of Object.entries(schema.properties))
    for (const name of [`[${section}]`, ...("properties" in keys ? Object.keys(keys.properties) : [])])
      expect(guide("configuration.md")).toContain(`\`${name}\``);
});

test("the finding that the guide explains is the one that is printed", () => {
  const [, shown = ""] = /```\n([\s\S]*?)\n```/.exec(guide("reports.md")) ?? [];
  const ascii = shown.replace(" ╭▸", "-->").replaceAll("│", "|").replaceAll("━", "^");
  expect(readFileSync(join(root, "fixtures/servers/shop.pretty.txt"), "utf8")).toContain(ascii);
});

test("the examples of tune are what it prints", async () => {
  const course = "--memory 32GB --cpus 8 --disk ssd --connections 200 --postgres 17".split(" ");
  const printed = async (...more: string[]) => {
    let stdout = "";
    const io = {
      stdout: (text: string | Uint8Array) => {
        stdout += text;
      },
      stderr: () => {},
      stdin: () => new Uint8Array(),
      env: { LANG: "C.UTF-8" },
      cwd: root,
      isTerminal: () => false,
    };
    expect(await main(["tune", ...course, ...more], io)).toBe(0);
    return stdout.replaceAll(/^(?=.)/gm, "    ");
  };
  const page = guide("tune.md");
  const conf = await printed();
  expect(page).toContain(conf.slice(0, conf.indexOf("    # Worker processes")));
  expect(page).toContain(await printed("--explain", "work_mem"));
  const text = await printed("--format", "text");
  expect(page).toContain(text.slice(text.indexOf("    All 200"), text.indexOf("    work_mem  (")));
});
