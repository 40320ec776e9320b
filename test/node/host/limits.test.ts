import { describe, expect, test } from "vitest";
import { detectHost } from "../../../src/node/host/detect.ts";
import { machineOf } from "../../support/machine.ts";

const MB = 1024 ** 2;
const V1 = (controller: string, root = "/") =>
  `33 28 0:29 ${root} /sys/fs/cgroup/${controller} rw - cgroup cgroup rw,${controller}\n`;
const V2 = "35 24 0:26 / /sys/fs/cgroup rw - cgroup2 cgroup2 rw\n";
const MEMINFO = "/proc/meminfo\nMemTotal: 8388608 kB\nSwapTotal: 1048576 kB\n";

const known = (...parts: string[]) => detectHost(machineOf([MEMINFO, ...parts]), "/data").known;

describe("memory", () => {
  const limited = (mounts: string, group: string, ...parts: string[]) =>
    known(`/proc/self/mountinfo\n${mounts}`, `/proc/self/cgroup\n${group}\n`, ...parts).memory;
  const ram = { value: 8192 * MB, from: "/proc/meminfo: MemTotal" };

  test("the least limit on the way down counts, wherever it stands", () => {
    const parts = ["/sys/fs/cgroup/a/memory.max\n536870912\n", "/sys/fs/cgroup/a/b/memory.max\n1073741824\n"];
    const from = "/sys/fs/cgroup/a/memory.max";
    expect(limited(V2, "0::/a/b", ...parts)).toEqual({ value: 512 * MB, from });
  });

  test("memory.high slows a server down long before memory.max ends it", () => {
    const parts = ["/sys/fs/cgroup/a/memory.max\n1073741824\n", "/sys/fs/cgroup/a/memory.high\n805306368\n"];
    const from = "/sys/fs/cgroup/a/memory.high";
    expect(limited(V2, "0::/a", ...parts)).toEqual({ value: 768 * MB, from });
  });

  test.each(["max", "", "0", "-1", "9223372036854771712", "9223372036854710272", "lots"])(
    "a limit of %j is none",
    (text) => {
      expect(limited(V2, "0::/a", `/sys/fs/cgroup/a/memory.max\n${text}\n`)).toEqual(ram);
      expect(
        limited(V1("memory"), "4:memory:/a", `/sys/fs/cgroup/memory/a/memory.limit_in_bytes\n${text}\n`),
      ).toEqual(ram);
    },
  );

  test("one of more than the RAM is none", () => {
    expect(limited(V2, "0::/a", "/sys/fs/cgroup/a/memory.max\n17179869184\n")).toEqual(ram);
  });

  test("with both versions at once, memory is where the group's line says", () => {
    const parts = [
      "/sys/fs/cgroup/memory/a/memory.limit_in_bytes\n536870912\n",
      "/sys/fs/cgroup/b/memory.max\n268435456\n",
    ];
    const from = "/sys/fs/cgroup/memory/a/memory.limit_in_bytes";
    expect(limited(V1("memory") + V2, "4:memory:/a\n0::/b", ...parts)).toEqual({ value: 512 * MB, from });
  });

  test("version 1 tells the limits above what is mounted in memory.stat", () => {
    const stat = "/sys/fs/cgroup/memory/memory.stat\ncache 1\nhierarchical_memory_limit 268435456\n";
    const from = "/sys/fs/cgroup/memory/memory.stat";
    expect(limited(V1("memory", "/pod/x"), "4:memory:/pod/x", stat)).toEqual({ value: 256 * MB, from });
  });

  test("a group out of sight has no limits that could be told", () => {
    expect(limited(V2, "0::/../other", "/sys/fs/cgroup/memory.max\n1048576\n")).toEqual(ram);
  });
});

describe("swap", () => {
  test("a group that may not swap has none", () => {
    const parts = ["/proc/self/cgroup\n0::/a\n", "/sys/fs/cgroup/a/memory.swap.max\n0\n"];
    expect(known(`/proc/self/mountinfo\n${V2}`, ...parts).swap).toEqual({
      value: 0,
      from: "/sys/fs/cgroup/a/memory.swap.max",
    });
  });

  test("version 1 counts memory and swap together", () => {
    const parts = [
      "/proc/self/cgroup\n4:memory:/a\n",
      "/sys/fs/cgroup/memory/a/memory.limit_in_bytes\n536870912\n",
      "/sys/fs/cgroup/memory/a/memory.memsw.limit_in_bytes\n805306368\n",
    ];
    expect(known(`/proc/self/mountinfo\n${V1("memory")}`, ...parts).swap?.value).toBe(256 * MB);
  });
});

test.each([
  ["0", undefined],
  ["1", undefined],
  ["2", 4096 * MB],
])("CommitLimit binds nobody unless vm.overcommit_memory is 2: %s", (mode, limit) => {
  const machine = machineOf([
    `${MEMINFO}CommitLimit: 4194304 kB\n`,
    `/proc/sys/vm/overcommit_memory\n${mode}\n`,
  ]);
  expect(detectHost(machine).known.commitLimit?.value).toBe(limit);
});

describe("processors", () => {
  const cpus = (...parts: string[]) => {
    const { value, from } = known("/sys/devices/system/cpu/online\n0-7\n", ...parts).cpus ?? {};
    return [value, from];
  };
  const group = ["/proc/self/cgroup\n0::/a/b\n", `/proc/self/mountinfo\n${V2}`];

  test.each([
    ["max 100000", 8],
    ["50000 100000", 0.5],
    ["150000 100000", 1.5],
    ["1200000 100000", 8],
    ["1000 1000000", 0.001],
    ["33333 100000", 0.333],
    ["0 100000", 8],
    ["100000 0", 8],
    ["100000", 8],
  ])("a cpu.max of %j leaves %d of 8", (text, count) => {
    expect(cpus(...group, `/sys/fs/cgroup/a/cpu.max\n${text}\n`)[0]).toBe(count);
  });

  test.each([
    ["-1", 8],
    ["50000", 0.5],
    ["150000", 1.5],
  ])("a cpu.cfs_quota_us of %s leaves %d", (quota, count) => {
    const parts = [
      "/proc/self/cgroup\n3:cpu,cpuacct:/a\n",
      `/proc/self/mountinfo\n${V1("cpu")}`,
      `/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us\n${quota}\n`,
      "/sys/fs/cgroup/cpu/a/cpu.cfs_period_us\n100000\n",
    ];
    expect(cpus(...parts)[0]).toBe(count);
  });

  test("those count that are online and that the process may run on", () => {
    expect(cpus("/proc/self/status\nCpus_allowed_list:\t2-3,6-31\n")).toEqual([
      4,
      "/proc/self/status: Cpus_allowed_list",
    ]);
    expect(cpus("/proc/self/status\nCpus_allowed_list:\t0-63\n")).toEqual([
      8,
      "/sys/devices/system/cpu/online",
    ]);
    expect(cpus(...group, "/sys/fs/cgroup/a/b/cpuset.cpus.effective\n5\n")).toEqual([
      1,
      "/sys/fs/cgroup/a/b/cpuset.cpus.effective",
    ]);
  });
});

describe("the server's own process", () => {
  const service = (pid: string, comm: string, ...more: string[]) =>
    known(
      `/proc/self/mountinfo\n${V2}`,
      "/proc/self/cgroup\n0::/shell\n",
      `/data/postmaster.pid\n${pid}\n/data\n`,
      `/proc/${pid}/comm\n${comm}\n`,
      `/proc/${pid}/cgroup\n0::/service\n`,
      "/sys/fs/cgroup/service/memory.max\n1073741824\n",
      ...more,
    ).memory?.from;
  const OWN = "/sys/fs/cgroup/service/memory.max";
  const RAM = "/proc/meminfo: MemTotal";

  test("its limits count, not those of the shell", () => {
    expect(service("742", "postgres")).toBe(OWN);
    expect(service("742", "postgres", "/proc/742/cwd -> /data", "/data/PG_VERSION\n17\n")).toBe(OWN);
  });

  test("a number that is another process by now, or in this container, tells nothing", () => {
    expect(service("1", "systemd")).toBe(RAM);
    expect(service("742", "postgres", "/proc/742/cwd -> /other", "/other/PG_VERSION\n17\n")).toBe(RAM);
    expect(service("-742", "postgres")).toBe(RAM);
  });
});

describe("io_uring", () => {
  const allowed = (release: string, ...parts: string[]) => {
    const machine = machineOf([`/proc/sys/kernel/osrelease\n${release}\n`, ...parts]);
    const { known: facts, unknown } = detectHost(machine);
    return facts.ioUring?.value ?? unknown.ioUring;
  };
  const disabled = (mode: number) => `/proc/sys/kernel/io_uring_disabled\n${mode}\n`;

  test.each([
    ["3.10.0-1160.el7.x86_64", [], false],
    ["5.0.0", [], false],
    ["5.10.0-35-amd64", [], true],
    ["6.8.0-87-generic", [disabled(0)], true],
    ["6.8.0-87-generic", [disabled(1)], false],
    ["6.8.0-87-generic", [disabled(2)], false],
    ["6.8.0-87-generic", [], false],
    [
      "6.8.0-87-generic",
      [disabled(0), "/proc/self/status\nSeccomp:\t2\n"],
      "/proc/self/status says that a seccomp filter is on; many a container's forbids io_uring",
    ],
  ])("Linux %s with %j", (release, parts, answer) => {
    expect(allowed(release, ...parts)).toBe(answer);
  });
});

describe("containers", () => {
  const container = (...parts: string[]) => known(...parts).container;

  test.each([
    ["/.dockerenv\n", "/.dockerenv"],
    ['/run/.containerenv\nengine="podman-5.4.0"\n', "/run/.containerenv"],
    ["/run/systemd/container\nsystemd-nspawn\n", "/run/systemd/container"],
    ["/proc/1/environ\nPATH=/bin\0container=lxc\0", "/proc/1/environ"],
    ["/proc/1/cgroup\n9:memory:/docker/3f4d2b8a\n", "/proc/1/cgroup"],
    ["/proc/1/cgroup\n0::/kubepods.slice/kubepods-burstable.slice/x\n", "/proc/1/cgroup"],
    ["/proc/self/cgroup\n0::/machine.slice/libpod-3f4d.scope/container\n", "/proc/self/cgroup"],
    [
      "/proc/self/mountinfo\n1 0 0:61 / / rw - overlay overlay rw,upperdir=/var/lib/docker/overlay2/7/diff\n",
      "/proc/self/mountinfo: the root",
    ],
  ])("%j tells", (part, sign) => {
    expect(container(part)).toEqual({ value: true, from: sign });
  });

  test.each([
    "/run/systemd/container\nwsl\n",
    "/proc/1/cgroup\n0::/init.scope\n",
    "/proc/self/cgroup\n0::/system.slice/docker.service\n",
    "/proc/self/mountinfo\n1 0 0:61 / / rw - overlay overlayroot rw,lowerdir=/media/root-ro,upperdir=/media/root-rw\n",
  ])("%j is no sign of one", (part) => {
    expect(container(part)).toEqual({ value: false, from: "no sign of one" });
  });
});

test("seen from outside, a container's /dev/shm is not the machine's", () => {
  const parts = [
    "/proc/self/mountinfo\n26 24 0:24 / /dev/shm rw - tmpfs tmpfs rw\n",
    "statfs /dev/shm 1073741824 1073741824",
    "/data/postmaster.pid\n742\n/data\n",
    "/proc/742/comm\npostgres\n",
  ];
  const shm = (group: string) =>
    detectHost(machineOf([...parts, `/proc/742/cgroup\n0::${group}\n`]), "/data").known.shm?.value;
  expect(shm("/system.slice/postgresql.service")).toBe(1024 * MB);
  expect(shm("/system.slice/docker-3f4d2b8a.scope")).toBeUndefined();
});

test("huge pages of a container are those that it may take", () => {
  const pages = "/proc/meminfo\nHugePages_Total: 1024\nHugepagesize: 2048 kB\n";
  const own = [
    "/proc/self/cgroup\n0::/\n",
    `/proc/self/mountinfo\n${V2}`,
    "/sys/fs/cgroup/hugetlb.2MB.max\n536870912\n",
  ];
  expect(detectHost(machineOf([pages])).known.hugePages?.value).toBe(2048 * MB);
  expect(detectHost(machineOf([pages, ...own])).known.hugePages?.value).toBe(512 * MB);
});
