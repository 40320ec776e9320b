import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { comparedHosts, OURS } from "../scripts/generate/compared-hosts.ts";
import { DISKS } from "../src/host/facts.ts";
import { WORKLOADS } from "../src/host/workload.ts";
import { tune } from "../src/index.ts";
import { root } from "./support/fixtures.ts";

const GB = 1024 ** 3;
const read = (path: string) => readFileSync(join(root, path), "utf8");

/** The anchors that GitHub gives a page: those of its headings, and its own. */
function anchorsOf(text: string): Set<string> {
  const headings = Array.from(text.matchAll(/^#+ (.+)$/gm), ([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N}_ -]/gu, "")
      .replaceAll(" ", "-"),
  );
  return new Set([...headings, ...Array.from(text.matchAll(/<a id="([^"]+)">/g), ([, id = ""]) => id)]);
}

const PAGES = [
  "docs/tuning-compared.md",
  ...readdirSync(join(root, "docs/decisions")).map((page) => `docs/decisions/${page}`),
];

test.each(PAGES)("the links of %s lead to a page and a heading", (page) => {
  for (const [, path = "", anchor] of read(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]+))?\)/g)) {
    const text = read(path === "" ? page : join(dirname(page), path));
    if (anchor !== undefined) expect(anchorsOf(text), `${path}#${anchor}`).toContain(anchor);
  }
});

test("every value that refers to our reasons finds them under its own heading", () => {
  const given = WORKLOADS.flatMap((workload) =>
    DISKS.flatMap((disk) =>
      ["10", "12", "16", "18"].flatMap((postgres) =>
        [true, false].flatMap((container) => {
          const host = { memory: 64 * GB, cpus: 32, disk, container, hugePages: 0 };
          const { settings, kernel, pooler } = tune({ host, workload, target: { postgres }, pooler: true });
          return [...settings, ...kernel, ...pooler];
        }),
      ),
    ),
  );
  const ours = given.filter(({ source }) => source.includes("0008-sizing.md"));
  expect(new Set(ours.map(({ name }) => name))).toEqual(
    new Set([
      "effective_io_concurrency",
      "huge_pages",
      "io_workers",
      "jit",
      "vacuum_buffer_usage_limit",
      "wal_buffers",
      "/dev/shm",
    ]),
  );
  const anchors = anchorsOf(read("docs/decisions/0008-sizing.md"));
  for (const { name, source } of ours) {
    const anchor = source.slice(source.indexOf("#") + 1);
    expect(anchor).toBe(name.replaceAll("/", ""));
    expect(anchors).toContain(anchor);
  }
});

test("the page about our formulas has a heading for every setting that tune gives", () => {
  const headings = read("docs/decisions/0008-sizing.md");
  const host = { memory: 64 * GB, cpus: 32, disk: "nvme" } as const;
  for (const workload of WORKLOADS)
    for (const { name } of tune({ host, workload, target: { postgres: "18" } }).settings)
      expect(headings).toContain(`\n### ${name}\n`);
});

test.each(comparedHosts().filter(({ asked }) => !asked))(
  "ours fit into $title, read back from a file as everybody's are",
  ({ tools }) => {
    const ours = tools.find(({ tool }) => tool === OURS);
    expect(ours?.proof.budget.worst.fits).toBe(true);
    expect(ours?.conf.problems).toEqual([]);
  },
);
