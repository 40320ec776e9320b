import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./support/fixtures.ts";

/** The instructions of the Dockerfile, continued lines joined. */
const instructions = readFileSync(join(root, "Dockerfile"), "utf8")
  .replaceAll(/^\s*#.*\n/gm, "")
  .replaceAll(/\\\n\s*/g, " ")
  .split("\n")
  .filter((line) => line.trim() !== "")
  .map((line) => {
    const [, name = "", rest = ""] = /^([A-Z]+)\s+(.*)$/.exec(line) ?? [];
    return { name, rest };
  });
const all = (wanted: string) => instructions.filter(({ name }) => name === wanted).map(({ rest }) => rest);

test("images are pinned by a tag, and no stage is nameless but the last", () => {
  const stages = all("FROM");
  for (const stage of stages) expect(stage).toMatch(/^[\w./-]+:\d[\w.-]*(?: AS \w+)?$/);
  expect(stages.slice(0, -1).filter((stage) => !/ AS \w+$/.test(stage))).toEqual([]);
  for (const [, stage = ""] of all("COPY").map((rest) => /--from=(\S+)/.exec(rest) ?? []))
    if (stage !== "") expect(stages.join("\n")).toContain(` AS ${stage}`);
});

test("it runs as nobody special, in a folder that is absolute", () => {
  expect(all("USER")).toEqual(["node"]);
  for (const folder of all("WORKDIR")) expect(folder).toMatch(/^\//);
});

test("nothing is downloaded but by npm, from the lock file", () => {
  expect(instructions.filter(({ name }) => name === "ADD")).toEqual([]);
  for (const command of all("RUN"))
    expect(command).not.toMatch(/\b(?:sudo|curl|wget|apk|apt-get|npm i(?:nstall)?|cd)\b/);
});

test("docker run takes the arguments of the program", () => {
  expect(all("ENTRYPOINT").map((form) => JSON.parse(form))).toEqual([["pgconflint"]]);
  expect(all("CMD").map((form) => JSON.parse(form))).toEqual([["check"]]);
});

test("what is kept out of the build is named, and what is let in exists", () => {
  const lines = readFileSync(join(root, ".dockerignore"), "utf8")
    .split("\n")
    .filter((line) => /^[^#]/.test(line));
  expect(lines[0]).toBe("*");
  for (const line of lines.slice(1)) {
    expect(line).toMatch(/^!/);
    expect(existsSync(join(root, line.slice(1).replace(/\*.*$/, ""))), line).toBe(true);
  }
});
