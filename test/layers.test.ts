import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { expect, test } from "vitest";
import { root } from "./support/fixtures.ts";

/** Each layer with those that it may import from. */
const LAYERS: Readonly<Record<string, readonly string[]>> = {
  text: [],
  catalog: ["text"],
  syntax: ["text", "catalog"],
  values: ["text", "catalog", "syntax"],
  access: ["text", "catalog", "syntax"],
  host: [],
  sizing: ["host", "catalog"],
  cluster: ["text", "catalog", "syntax", "values", "access", "host"],
  engine: ["text", "catalog", "cluster", "host"],
  fix: ["text"],
  rules: ["text", "catalog", "syntax", "values", "access", "host", "sizing", "cluster", "engine"],
  api: [
    "text",
    "catalog",
    "syntax",
    "values",
    "access",
    "host",
    "sizing",
    "cluster",
    "engine",
    "fix",
    "rules",
  ],
  report: ["text", "catalog", "host", "sizing", "cluster", "engine", "api", "fix"],
  node: ["text", "catalog", "syntax", "values", "host", "cluster", "engine", "api", "report"],
  cli: [
    "text",
    "catalog",
    "syntax",
    "values",
    "access",
    "host",
    "sizing",
    "cluster",
    "engine",
    "rules",
    "api",
    "report",
    "fix",
    "node",
  ],
};
const IMPURE = ["node", "cli"];
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  "syntax/conninfo.ts": ["pg-connection-string"],
  "report/paint.ts": ["chalk"],
};

const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" }).filter((file) =>
  file.endsWith(".ts"),
);
const importsOf = (file: string) =>
  [
    ...readFileSync(join(root, "src", file), "utf8").matchAll(
      /(?:from|import) "([^"]+)"|import\("([^"]+)"\)/g,
    ),
  ].map((match) => match[1] ?? match[2] ?? "");

test.each(files.filter((file) => file.includes("/")))("%s imports from its left only", (file) => {
  const layer = file.split("/")[0] ?? "";
  for (const target of importsOf(file).filter((name) => name.startsWith("."))) {
    const path = relative("src", normalize(join("src", dirname(file), target)));
    const other = path.split("/")[0] ?? "";
    if (path.startsWith("..") || other === layer) continue;
    expect(LAYERS[layer], `${file} imports ${path}`).toContain(other);
  }
});

test.each(files.filter((file) => !IMPURE.includes(file.split("/")[0] ?? "")))("%s is pure", (file) => {
  const foreign = importsOf(file).filter((name) => !name.startsWith("."));
  expect(foreign.filter((name) => !PACKAGES[file]?.includes(name))).toEqual([]);
});
