import { Ajv } from "ajv";
import { describe, expect, test } from "vitest";
import schema from "../../docs/report.schema.json" with { type: "json" };
import { type HostInput, lint, TargetError, type Workload } from "../../src/index.ts";

test("a comment that names a release that there is not stops nothing", () => {
  const text = "# pgconflint: postgres=99 pgbouncer=9\nfsync = maybe\n";
  const { findings, target } = lint({ files: [{ path: "conf.d/a.conf", text }] });
  expect(findings.map(({ rule }) => rule)).toEqual(["server/invalid-boolean"]);
  expect(target.postgres).toEqual({ version: "18", from: "default" });
});

test("a release that the caller names and there is not is the caller's mistake", () => {
  expect(() => lint({ files: [], target: { postgres: "99" } })).toThrow('PostgreSQL "99" is not known');
});

describe("the host and the workload of a caller", () => {
  const files = [{ path: "postgresql.conf", text: "" }];
  const GB = 1024 ** 3;
  /** As JavaScript calls it. */
  const untyped = (input: object): unknown => Reflect.apply(lint, undefined, [input]);

  test("are told in the report, each fact with its origin, as the schema of reports has it", () => {
    const host: Required<HostInput> = {
      memory: 32 * GB,
      share: 0.5,
      swap: 0,
      commitLimit: 24 * GB,
      cpus: 1.5,
      disk: "nvme",
      filesystem: "ext4",
      diskFree: 500 * GB,
      walDisk: 100 * GB,
      hugePages: 0,
      transparentHugePages: "madvise",
      shm: 64 * 1024 ** 2,
      container: false,
      ioUring: true,
      os: "linux",
    };
    const workload: Partial<Workload> = {
      kind: "oltp",
      connections: 300,
      databaseSize: 200 * GB,
      walRate: 5 * 1024 ** 2,
    };
    const report = lint({ files, host, workload: { ...workload, superusers: ["postgres", "admin"] } });
    expect(
      Object.entries(report.target.host ?? {}).map(([name, { value, from }]) => [name, value, from]),
    ).toEqual(Object.entries(host).map(([name, value]) => [name, value, "host"]));
    expect(report.target.workload).toEqual(workload);
    const validate = new Ajv().compile(schema);
    expect(validate(JSON.parse(JSON.stringify(report))), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each([
    [{ memory: -1 }, "host.memory -1: not a size in bytes"],
    [{ memory: Number.NaN }, "host.memory NaN: not a size in bytes"],
    [{ memory: Number.POSITIVE_INFINITY }, "host.memory Infinity: not a size in bytes"],
    [{ memory: "32GB" }, 'host.memory "32GB": not a size in bytes'],
    [{ cpus: 0 }, "host.cpus 0: not a number of processors, such as 8, 0.5 or 500m"],
    [{ cpus: null }, "host.cpus null: not a number of processors, such as 8, 0.5 or 500m"],
    [{ disk: "floppy" }, 'host.disk "floppy": not one of ssd, nvme, hdd, network'],
    [{ container: "no" }, 'host.container "no": not true or false'],
    [{ share: 2 }, "host.share 2: not a part, such as 50% or 0.5"],
    [{ wal_disk: 1 }, "host.wal_disk is not known; did you mean walDisk?"],
  ])("%j is the caller's mistake", (host, complaint) => {
    expect(() => untyped({ files, host })).toThrow(new TargetError(complaint));
  });

  test.each([
    [{ connections: -1 }, "workload.connections -1: not a number of sessions"],
    [{ kind: "olap" }, 'workload.kind "olap": not one of web, oltp, dw, mixed, desktop'],
    [{ walRate: Number.NaN }, "workload.walRate NaN: not a size in bytes"],
  ])("and so is %j", (workload, complaint) => {
    expect(() => untyped({ files, workload })).toThrow(new TargetError(complaint));
  });

  test("what is not given is not known", () => {
    expect(lint({ files, host: { memory: undefined } }).target.host).toBeUndefined();
    expect(lint({ files, workload: {} }).target).not.toHaveProperty("workload");
  });
});
