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
  const records = (...lines: string[]) =>
    overviewOf({ "pg_hba.conf": lines.join("\n") }).access?.records ?? [];

  test.each([
    ["local all all peer", "local socket", "socket", "strong", "needless"],
    ["host all all localhost md5", "localhost", "loopback", "weak", "needless"],
    ["host all all 127.0.0.1/32 trust", "127.0.0.1/32", "loopback", "nothing", "needless"],
    ["host all all 0.0.0.0/0 trust", "any IPv4 address", "everywhere", "nothing", "either"],
    ["hostssl all all ::/0 cert", "any IPv6 address", "everywhere", "strong", "always"],
    ["hostnossl all all all reject", "any address", "everywhere", "rejected", "never"],
    ["host all all samenet scram-sha-256", "this host's networks", "network", "strong", "either"],
    ["host all all 10.0.0.1 255.0.255.0 md5", "10.0.0.1/255.0.255.0", "network", "weak", "either"],
    ["hostgssenc all all db.example.org gss", "db.example.org", "host", "strong", "always"],
  ])("%s", (line, origin, reach, strength, encryption) => {
    expect(records(line)).toEqual([
      {
        path: "pg_hba.conf",
        line: 1,
        users: "all",
        databases: "all",
        method: line.split(" ").at(-1),
        origin,
        reach,
        strength,
        encryption,
      },
    ]);
  });

  test("shows a record that wants TLS as closed where ssl is off", () => {
    const hba = "hostssl all all all scram-sha-256\n";
    const record = (ssl: string) =>
      overviewOf({ "postgresql.conf": `ssl = ${ssl}\n`, "pg_hba.conf": hba }).access?.records[0];
    expect(record("off")).toMatchObject({ strength: "rejected", encryption: "impossible" });
    expect(record("on")).toMatchObject({ strength: "strong", encryption: "always" });
  });

  test("has the records in order, and counts those that the server refuses", () => {
    const { access } = overviewOf({
      "postgresql.conf": "listen_addresses = ''\n",
      "pg_hba.conf":
        "# head\nlocal shop,\\\n crm app,+staff peer\nhots all all all md5\nhost all all all md5\n",
    });
    expect(access).toMatchObject({ path: "pg_hba.conf", listens: "socket", refused: 1 });
    expect(access?.records).toMatchObject([
      { line: 2, databases: "shop, crm", users: "app, +staff" },
      { line: 5, databases: "all", users: "all" },
    ]);
  });
});
