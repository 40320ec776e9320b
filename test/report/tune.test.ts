import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { tuneFiles } from "../../src/api/tune-files.ts";
import { resolveTarget } from "../../src/cluster/target.ts";
import { type HostInput, hostFrom } from "../../src/host/facts.ts";
import { memoryPicture } from "../../src/report/html/memory.ts";
import { memoryBars } from "../../src/report/memory-proof.ts";
import type { Paint } from "../../src/report/paint.ts";
import type { TuneReport } from "../../src/report/tune/tune-report.ts";
import { tuneFormats } from "../../src/report/tune.ts";
import { budgetFor } from "../../src/sizing/budget.ts";
import { fileSet } from "../../src/text/files.ts";
import type { FileInput } from "../../src/text/source.ts";
import { root } from "../support/fixtures.ts";

const GB = 1024 ** 3;
const MB = 1024 ** 2;

interface Asked {
  readonly host?: HostInput;
  readonly postgres?: string;
  readonly connections?: number;
  readonly pooler?: boolean;
  readonly files?: readonly FileInput[];
}

function reportOn({
  host = {},
  postgres = "17",
  connections = 200,
  files = [],
  pooler = false,
}: Asked): TuneReport {
  const facts = hostFrom({ memory: 32 * GB, cpus: 8, disk: "ssd", ...host }, "--host");
  const { tuning } = tuneFiles(fileSet(files), {
    host: facts,
    workload: { superusers: ["postgres"] },
    target: resolveTarget({ postgres }, {}),
    connections,
    pooler,
  });
  return {
    tool: { name: "pgconflint", version: "0.0.0" },
    target: { postgres: { version: postgres, from: "--postgres" }, host: facts, workload: {} },
    facts: [
      { name: "PostgreSQL", value: postgres, from: "--postgres" },
      { name: "memory", value: "32GB", from: "--memory" },
    ],
    tuning,
  };
}

const NAMES: Readonly<Record<string, string>> = {
  conf: "tuned.conf",
  text: "tuned.txt",
  json: "tuned.json",
  "alter-system": "tuned.sql",
  patroni: "patroni.yml",
  cnpg: "cnpg.yml",
};

describe.each(Object.entries(tuneFormats))("%s", (name, format) => {
  test("of a host with 32GB for 200 connections", async () => {
    await expect(format(reportOn({}), { unicode: true })).toMatchFileSnapshot(
      join(root, "fixtures/reports/tune", NAMES[name] ?? name),
    );
  });

  test("is ASCII where the terminal is, and no line of it is wider than 100 columns", () => {
    const files = [{ path: "postgresql.conf", text: "work_mem = 512MB\n" }];
    for (const asked of [
      {},
      { pooler: true },
      { files },
      { connections: 5000 },
      { host: { container: true, hugePages: 0 } },
    ]) {
      const printed = format(reportOn(asked), { unicode: false });
      expect(printed).toMatch(/^[\n -~]*\n$/);
      if (name !== "json")
        expect(Math.max(...printed.split("\n").map((line) => line.length))).toBeLessThanOrEqual(100);
    }
  });
});

/** As much of YAML as there is: maps of maps, numbers, strings in double quotes, comments. */
function yaml(text: string): unknown {
  const top: Record<string, unknown> = {};
  const open: { indent: number; map: Record<string, unknown> }[] = [{ indent: 0, map: top }];
  for (const line of text.split("\n").filter((each) => !/^ *(?:#.*)?$/.test(each))) {
    const [, spaces = "", key = "", value] = /^( *)([a-z_]+):(?: (".*"|\d+(?:\.\d+)?))?$/.exec(line) ?? [];
    expect(key, line).not.toBe("");
    while ((open.at(-1)?.indent ?? 0) > spaces.length) open.pop();
    const parent = open.at(-1);
    expect(parent?.indent, line).toBe(spaces.length);
    const child = {};
    if (parent) parent.map[key] = value === undefined ? child : JSON.parse(value);
    if (value === undefined) open.push({ indent: spaces.length + 2, map: child });
  }
  return top;
}

describe("YAML", () => {
  const container = { host: { container: true, hugePages: 0 } };

  test("of Patroni has numbers, and all else in quotes, so that off is no boolean", () => {
    expect(yaml(tuneFormats.patroni(reportOn(container), { unicode: false }))).toEqual({
      postgresql: {
        parameters: expect.objectContaining({
          max_connections: 200,
          shared_buffers: "8GB",
          random_page_cost: 1.1,
          jit: "off",
          huge_pages: "off",
        }),
      },
    });
  });

  test("of CloudNativePG has strings only, and nothing that the operator refuses", () => {
    const printed = tuneFormats.cnpg(reportOn(container), { unicode: false });
    expect(yaml(printed)).toEqual({
      spec: {
        postgresql: {
          parameters: expect.objectContaining({
            max_connections: "200",
            random_page_cost: "1.1",
            jit: "off",
          }),
        },
      },
    });
    expect(printed).not.toMatch(/^ *huge_pages:/m);
    expect(printed).not.toContain("/dev/shm");
  });
});

test("a PgBouncer in front has its settings in a section of their own, as comments", () => {
  for (const name of ["conf", "alter-system", "patroni"] as const) {
    const printed = tuneFormats[name](reportOn({ pooler: true }), { unicode: false });
    expect(printed).toMatch(/^(?:#|--) pgbouncer\.ini, section \[pgbouncer\]$/m);
    expect(printed).toMatch(/^(?:#|--) {3}default_pool_size = 16$/m);
    expect(printed).toMatch(/^(?:#|--) {3}LimitNOFILE = \d+$/m);
  }
});

test("ALTER SYSTEM is for what differs, and says what it takes", () => {
  const files = [
    { path: "postgresql.conf", text: "shared_buffers = 8GB\nwork_mem = 1MB\nmax_connections = 200\n" },
  ];
  const printed = tuneFormats["alter-system"](reportOn({ files }), { unicode: false });
  expect(printed).toContain("ALTER SYSTEM SET work_mem = '24MB';\n");
  expect(printed).not.toContain("shared_buffers = '");
  expect(printed).toContain(
    "SELECT pg_reload_conf();\n-- After a restart of the server:\n--   max_worker_processes\n",
  );
});

describe("the picture of the memory", () => {
  const site = { memory: 16 * GB, cpus: 4, kind: "web", version: { major: 17, minor: null } } as const;
  const parts = {
    sharedBuffers: 4 * GB,
    sharedMemory: 4 * GB,
    connections: 200,
    workMem: 64 * MB,
    hashMemMultiplier: 2,
    parallelWorkers: 4,
    autovacuumWorkers: 3,
    autovacuumWorkMem: 64 * MB,
    maintenanceWorkMem: 64 * MB,
  };
  const budget = budgetFor(site, parts);

  test("has a mark where the RAM ends", () => {
    expect(memoryBars(budget, { unicode: true })).toBe(
      `All 200 connections at work: 32.1GB of 14.4GB, 17.7GB too much
╱╱╱╱█████████▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒┃▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒░

32 at work, as is likely: 11.1GB of 14.4GB, 3.3GB left for the page cache
╱╱╱╱╱╱╱╱███████████████████▓▓▓▓▓▓▓▓▓▓▓▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒▒░░···············
`,
    );
  });

  test("in ASCII has the same form", () => {
    expect(memoryBars(budget, { unicode: false }).split("\n")[1]).toBe(
      "////#########=====++++++++++++++++++|+++++++++++++++++++++++++++++++++++++++-",
    );
  });

  test("is one bar where all connections are likely", () => {
    expect(memoryBars(budgetFor(site, { ...parts, connections: 10 }), { unicode: false })).toMatch(
      /^All 10 connections at work: .*\n[/#=+.-]{76}\n$/,
    );
  });

  test("is red where it does not fit, and says the same without colour", () => {
    const plain = (text: string) => text;
    const paint: Paint = {
      error: (text) => `<${text}>`,
      warning: plain,
      info: plain,
      strong: plain,
      quiet: plain,
    };
    const painted = memoryBars(budget, { unicode: false, paint });
    expect(painted).toMatch(/^<All 200 .*>\n[/#=+]+\|<\++->\n\n32 at work/);
    expect(painted.replaceAll(/[<>]/g, "")).toBe(memoryBars(budget, { unicode: false }));
  });

  test("in html has the pieces to scale, and a line where the RAM ends", () => {
    const html = memoryPicture({ budget, from: "comment" });
    expect(html).toContain(
      '<p class="over">All 200 connections at work: 32.1GB of 14.4GB, 17.7GB too much</p>',
    );
    expect(html.match(/<line class="limit" x1="\d/g)).toHaveLength(1);
    const [worst = "", likely = ""] = html.match(/<svg.*<\/svg>/g) ?? [];
    for (const svg of [worst, likely]) {
      const widths = [...svg.matchAll(/<rect [^>]*width="([\d.]+)"/g)].map(([, width]) => Number(width));
      expect(widths).toHaveLength(6);
      expect(widths.reduce((sum, width) => sum + width, 0)).toBeCloseTo(800, 0);
    }
    expect(html).toContain('<td class="quiet">200 connections x 64MB of work_mem x 2 for hashes</td>');
  });
});
