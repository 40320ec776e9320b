import { describe, expect, test } from "vitest";
import type { Overview } from "../../src/api/overview.ts";
import { linted } from "./support.ts";

function overviewOf(files: Readonly<Record<string, string>>): Overview {
  const inputs = Object.entries(files).map(([path, text]) => ({ path, text }));
  const [overview] = linted(inputs).extras.overviews;
  if (!overview) throw new Error("a server has an overview");
  return overview;
}

const GB = 1024 ** 3;
const MB = 1024 ** 2;

describe("memory", () => {
  const memory = (...lines: string[]) =>
    overviewOf({ "postgresql.conf": ["# pgconflint: postgres=16 memory=16GB cpus=4", ...lines].join("\n") })
      .memory;

  test("is the proof for the files as they are", () => {
    const { budget, from } = memory("shared_buffers = 4GB", "work_mem = 64MB", "max_connections = 200") ?? {};
    expect(from).toBe("comment");
    expect(budget?.memory).toBe(16 * GB);
    expect(budget?.worst).toMatchObject({ sessions: 200, fits: false });
    expect(budget?.likely).toMatchObject({ sessions: 32, fits: true });
    expect(
      budget?.parts.map(({ name, worst, likely }) => [name, Math.round(worst / MB), Math.round(likely / MB)]),
    ).toEqual([
      ["shared memory", 4218, 4218],
      ["sessions", 800, 800],
      ["page tables", 1688, 1688],
      ["queries", 25600, 4096],
      ["parallel workers", 1024, 512],
      ["autovacuum", 192, 192],
      ["maintenance", 64, 64],
    ]);
  });

  test("is unknown without the host's, and in a part of a configuration", () => {
    expect(overviewOf({ "postgresql.conf": "work_mem = 1GB\n" }).memory).toBeUndefined();
    expect(
      overviewOf({ "conf.d/memory.conf": "# pgconflint: memory=16GB\nwork_mem = 1GB\n" }).memory,
    ).toBeUndefined();
  });
});

describe("access", () => {
  const rows = (...lines: string[]) => overviewOf({ "pg_hba.conf": lines.join("\n") }).access[0]?.rows ?? [];

  test.each([
    ["local all all peer", ["socket"], "strong", "needless"],
    ["host all all localhost md5", ["localhost"], "weak", "needless"],
    ["host all all 127.0.0.1/32 trust", ["127.0.0.1"], "nothing", "needless"],
    ["host all all 0.0.0.0/0 trust", ["0.0.0.0/0"], "nothing", "optional"],
    ["hostssl all all ::/0 cert", ["::/0"], "strong", "required"],
    ["hostnossl all all all reject", ["0.0.0.0/0", "::/0"], "rejected", "none"],
    ["host all all samenet scram-sha-256", ["samenet"], "strong", "optional"],
    ["host all all 10.0.0.1 255.0.255.0 md5", ["10.0.0.0/255.0.255.0"], "weak", "optional"],
    ["hostgssenc all all db.example.org gss", ["db.example.org"], "strong", "required"],
    ["hostssl all all 10.0.0.0/8 trust clientcert=verify-full", ["10.0.0.0/8"], "strong", "required"],
    ["hostssl all all 10.0.0.0/8 trust clientcert=verify-ca", ["10.0.0.0/8"], "weak", "required"],
    ["hostssl all all 10.0.0.0/8 password", ["10.0.0.0/8"], "strong", "required"],
    ["host all all 10.0.0.0/8 password", ["10.0.0.0/8"], "weak", "optional"],
    ["local all all password", ["socket"], "strong", "needless"],
  ])("%s", (line, from, strength, encryption) => {
    expect(rows(line)).toMatchObject([
      {
        from,
        users: ["all"],
        databases: ["all"],
        strength,
        encryption,
        lines: [{ path: "pg_hba.conf", line: 1 }],
      },
    ]);
  });

  test("has no line that wants TLS where ssl is off", () => {
    const hba = "hostssl all all all scram-sha-256\n";
    const access = (ssl: string) =>
      overviewOf({ "postgresql.conf": `ssl = ${ssl}\n`, "pg_hba.conf": hba }).access[0];
    expect(access("off")).toMatchObject({ rows: [], unused: [{ line: 1, because: "ssl is off" }] });
    expect(access("on")).toMatchObject({ rows: [{ strength: "strong" }], unused: [] });
  });

  test("says where the server listens, and why it does not load the file", () => {
    const { access } = overviewOf({
      "postgresql.conf": "listen_addresses = ''\n",
      "pg_hba.conf": "local shop,\\\n crm app,+staff peer\nhots all all all md5\n",
    });
    expect(access).toMatchObject([
      {
        path: "pg_hba.conf",
        listens: "socket",
        refusal: 'line 3: invalid connection type "hots"',
        rows: [{ users: ["app", "+staff"], databases: ["shop", "crm"] }],
      },
    ]);
  });
});
