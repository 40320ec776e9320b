import { describe, expect, test } from "vitest";
import { detectHost } from "../../../src/node/host/detect.ts";
import { machineOf } from "../../support/machine.ts";

const PCI = "/sys/devices/pci0000:00/0000:00:1f.0";
const MOUNTED = "/proc/self/mountinfo\n30 1 8:0 / / rw - ext4 /dev/disk rw\n";

/** What is said of a disk with that directory below /sys/devices and these files in it. */
function told(directory: string, files: Readonly<Record<string, string>>): string | undefined {
  const parts = Object.entries(files).map(([name, text]) => `${directory}/${name}\n${text}\n`);
  return toldOf(MOUNTED, `/sys/dev/block/8:0 -> ${directory}`, ...parts);
}

function toldOf(...parts: string[]): string | undefined {
  const { known, unknown } = detectHost(machineOf(parts), "/data");
  return known.disk ? `${known.disk.value}: ${known.disk.from}` : unknown.disk;
}

const BEHIND = "is a hypervisor's, which does not tell what is behind it";
const scsi = (vendor: string, model: string, rotational = "1") => ({
  "device/vendor": vendor,
  "device/model": model,
  "queue/rotational": rotational,
});

test.each([
  [
    `${PCI}/ata1/host0/block/sda`,
    scsi("ATA     ", "WDC WD2003FYYS-0"),
    "hdd: /sys/block/sda/queue/rotational",
  ],
  [
    `${PCI}/ata1/host0/block/sda`,
    scsi("ATA     ", "INTEL SSDSC2KB48", "0"),
    "ssd: /sys/block/sda/queue/rotational",
  ],
  [`${PCI}/host0/block/sda`, scsi("DELL", "PERC H730P Adp", "0"), "ssd: /sys/block/sda/queue/rotational"],
  [
    `${PCI}/host0/block/sda`,
    scsi("DELL", "PERC H730P Adp"),
    "sda is a RAID controller's (DELL PERC H730P Adp), which may say that any disk rotates",
  ],
  [`${PCI}/virtio1/host2/block/sda`, scsi("QEMU", "QEMU HARDDISK"), `sda ${BEHIND}`],
  [`${PCI}/host2/block/sda`, scsi("VMware  ", "Virtual disk", "0"), `sda ${BEHIND}`],
  [`${PCI}/host2/block/sdc`, scsi("Msft    ", "Virtual Disk"), `sdc ${BEHIND}`],
  [
    `${PCI}/virtio1/host2/block/sda`,
    scsi("Google  ", "PersistentDisk"),
    "network: /sys/block/sda/device/model: Google PersistentDisk",
  ],
  [
    `${PCI}/virtio1/host2/block/sdb`,
    scsi("HC      ", "Volume"),
    "network: /sys/block/sdb/device/model: HC Volume",
  ],
  [
    `${PCI}/virtio1/host2/block/sdb`,
    scsi("ORACLE  ", "BlockVolume"),
    "network: /sys/block/sdb/device/model: ORACLE BlockVolume",
  ],
  [`${PCI}/nvme/nvme0/nvme0n1`, { "device/model": "QEMU NVMe Ctrl" }, `nvme0n1 ${BEHIND}`],
  ["/sys/devices/virtual/block/zd16", { "queue/rotational": "0" }, "zd16 does not tell"],
  [`${PCI}/virtio4/block/vda`, { "queue/rotational": "1" }, `vda ${BEHIND}`],
  ["/sys/devices/vbd-51712/block/xvda", { "queue/rotational": "0" }, `xvda ${BEHIND}`],
  [`${PCI}/usb2/2-1/host4/block/sdb`, scsi("JMicron", "Generic", "0"), "sdb is on USB, which does not tell"],
  [
    "/sys/devices/platform/host3/session1/target3:0:0/3:0:0:0/block/sdb",
    scsi("LIO-ORG", "disk0", "0"),
    "network: /sys/block/sdb, which leads over iSCSI or Fibre Channel",
  ],
  ["/sys/devices/virtual/block/rbd0", { "queue/rotational": "0" }, "network: /sys/block/rbd0"],
  ["/sys/devices/virtual/block/nbd3", { "queue/rotational": "0" }, "network: /sys/block/nbd3"],
  ["/sys/devices/virtual/block/loop3", { "queue/rotational": "0" }, "loop3 does not tell"],
  [`${PCI}/block/sda`, { size: "1" }, "sda does not tell"],
  [
    `${PCI}/nvme/nvme0/nvme0n1`,
    { "device/model": "SAMSUNG MZQL2", "device/transport": "pcie" },
    "nvme: /sys/block/nvme0n1",
  ],
  [
    `${PCI}/nvme/nvme0/nvme0n1`,
    { "device/model": "Amazon EC2 NVMe Instance Storage" },
    "nvme: /sys/block/nvme0n1",
  ],
  [
    `${PCI}/nvme/nvme0/nvme0n1`,
    { "device/model": "Amazon Elastic Block Store              " },
    "network: /sys/block/nvme0n1/device/model: Amazon Elastic Block Store",
  ],
  [
    `${PCI}/nvme/nvme0/nvme0n2`,
    { "device/model": "MSFT NVMe Accelerator v1.0" },
    "network: /sys/block/nvme0n2/device/model: MSFT NVMe Accelerator v1.0",
  ],
  [
    "/sys/devices/virtual/nvme-subsystem/nvme-subsys0/nvme0n1",
    { "device/model": "Linux", "device/nvme0/transport": "tcp", "device/nvme1/transport": "tcp" },
    "network: /sys/block/nvme0n1/device/transport: tcp",
  ],
])("%s with %j", (directory, files, words) => {
  expect(told(directory, files)).toBe(words);
});

describe("what is made of several disks", () => {
  const dm = (name: string, ...slaves: string[]) => [
    `/sys/class/block/${name} -> /sys/devices/virtual/block/${name}`,
    ...slaves.map(
      (slave) => `/sys/devices/virtual/block/${name}/slaves/${slave} -> /sys/class/block/${slave}`,
    ),
  ];
  const sata = (name: string, rotational: string) => [
    `/sys/class/block/${name} -> ${PCI}/ata1/block/${name}`,
    `${PCI}/ata1/block/${name}/queue/rotational\n${rotational}\n`,
  ];
  const onDm = [MOUNTED, "/sys/dev/block/8:0 -> /sys/devices/virtual/block/dm-0"];

  test("is what they all are", () => {
    const parts = [
      ...dm("dm-0", "md0"),
      ...dm("md0", "sda", "sdb"),
      ...sata("sda", "1"),
      ...sata("sdb", "1"),
    ];
    expect(toldOf(...onDm, ...parts)).toBe("hdd: /sys/block/sda/queue/rotational");
  });

  test("is none of the kinds where they differ", () => {
    const parts = [...dm("dm-0", "sda", "sdb"), ...sata("sda", "0"), ...sata("sdb", "1")];
    expect(toldOf(...onDm, ...parts)).toBe("dm-0 is made of ssd and hdd");
  });

  test("has an end, whatever /sys looks like", () => {
    expect(toldOf(...onDm, ...dm("dm-0", "dm-1"), ...dm("dm-1", "dm-0"))).toMatch(
      /^dm-\d has too many layers$/,
    );
    expect(toldOf(...onDm, ...dm("dm-0", "sda"))).toBe("no /sys/class/block/sda");
  });
});

describe("file systems", () => {
  const on = (line: string, ...parts: string[]) => toldOf(`/proc/self/mountinfo\n${line}\n`, ...parts);

  test.each(["nfs", "nfs4", "cifs", "smb3", "ceph", "fuse.glusterfs"])("%s is a network", (type) => {
    expect(on(`30 1 0:48 / /data rw - ${type} server:/x rw`)).toBe("network: /proc/self/mountinfo: /data");
  });

  test("Btrfs names its device", () => {
    const sata = [
      `/sys/class/block/sda2 -> ${PCI}/ata1/block/sda/sda2`,
      `${PCI}/ata1/block/sda/sda2/partition\n2\n`,
    ];
    const rotational = `${PCI}/ata1/block/sda/queue/rotational\n0\n`;
    expect(on("30 1 0:29 /@ / rw - btrfs /dev/sda2 rw", ...sata, rotational)).toBe(
      "ssd: /sys/block/sda/queue/rotational",
    );
  });

  test("ZFS, tmpfs and a container's own layer do not tell their disk", () => {
    const sda = [
      `/sys/class/block/sda -> ${PCI}/ata1/block/sda`,
      `${PCI}/ata1/block/sda/queue/rotational\n0\n`,
    ];
    expect(on("30 1 0:40 / /data rw - zfs tank/sda rw", ...sda)).toBe("zfs does not tell its disk");
    expect(on("30 1 0:40 / /data rw - tmpfs tmpfs rw")).toBe("tmpfs does not tell its disk");
    expect(on("30 1 0:40 / / rw - overlay overlay rw")).toBe("overlay does not tell its disk");
    expect(on("30 1 8:0 / / rw - ext4 /dev/sda rw")).toBe("no /sys/dev/block/8:0");
  });

  test("of two mounts at one place the later counts, and the deeper before the higher", () => {
    const lines = [
      "30 1 0:1 / / rw - ext4 /dev/sda rw",
      "31 30 0:2 / /data rw - zfs tank/old rw",
      "32 30 0:3 / /data rw - nfs4 server:/pg rw",
      "33 30 0:4 / /dat rw - tmpfs tmpfs rw",
    ];
    expect(on(lines.join("\n"))).toBe("network: /proc/self/mountinfo: /data");
  });

  test("without a data directory there is no disk to tell of", () => {
    expect(detectHost(machineOf([MOUNTED])).unknown.disk).toBe(
      "the data directory is not known; name it with --data",
    );
  });

  test("a data directory that is closed to us is on a disk all the same", () => {
    const parts = [
      "/srv/pg -> /mnt/array",
      "/mnt/array/keep\n",
      "/proc/self/mountinfo\n30 1 0:9 / /mnt rw - nfs4 s:/x rw\n",
    ];
    expect(detectHost(machineOf(parts), "/srv/pg/17/data").known.disk?.value).toBe("network");
  });

  test.each([
    ["121 94 259:1 / /data/pg_wal rw - ext4 /dev/nvme0n1p1 rw", 1_000_000],
    ["121 94 8:0 /wal /data/pg_wal rw - ext4 /dev/disk rw", undefined],
    ["121 94 0:29 / /data/pg_wal rw - tmpfs tmpfs rw", 1_000_000],
  ])("pg_wal may be a mount: %s", (line, size) => {
    const parts = [`${MOUNTED}${line}\n`, "statfs /data/pg_wal 1000000 500000"];
    expect(detectHost(machineOf(parts), "/data").known.walDisk?.value).toBe(size);
  });
});
