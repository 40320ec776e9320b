import type { Disk } from "../../host/facts.ts";
import type { Machine } from "./machine.ts";
import type { Mount } from "./mounts.ts";

/** What a disk is and the file that tells it, or why that cannot be known. */
export type DiskTold = { readonly disk: Disk; readonly from: string } | { readonly why: string };

const nameOf = (path: string) => path.slice(path.lastIndexOf("/") + 1);
const parentOf = (path: string) => path.slice(0, path.lastIndexOf("/"));

/** The disk below a mounted file system. */
export function diskOf({ device, source, type }: Mount, machine: Machine): DiskTold {
  if (!device.startsWith("0:")) {
    const directory = machine.real(`/sys/dev/block/${device}`);
    return directory ? blockDevice(directory, machine, 0) : { why: `no /sys/dev/block/${device}` };
  }
  // Btrfs has no device number, but names its first device; ZFS and overlay name none.
  const named = /^\/dev\/[^:]+$/.test(source)
    ? deviceNamed(nameOf(machine.real(source) ?? source), machine)
    : undefined;
  return named ? blockDevice(named, machine, 0) : { why: `${type} does not tell its disk` };
}

const deviceNamed = (name: string, machine: Machine) =>
  name === "" ? undefined : machine.real(`/sys/class/block/${name}`);

/** Down through partitions, LVM, LUKS and RAID to the disks. */
function blockDevice(directory: string, machine: Machine, depth: number): DiskTold {
  const whole = machine.readText(`${directory}/partition`) === undefined ? directory : parentOf(directory);
  const name = nameOf(whole);
  const slaves = machine.list(`${whole}/slaves`);
  if (slaves.length === 0) return physical(whole, name, machine);
  // No kernel builds such a tower; a tree that is not one would have no end.
  if (depth > 8) return { why: `${name} has too many layers` };
  const parts = slaves.slice(0, 64).map((slave) => {
    const below = deviceNamed(slave, machine);
    return below === undefined
      ? { why: `no /sys/class/block/${slave}` }
      : blockDevice(below, machine, depth + 1);
  });
  const unclear = parts.find((part) => "why" in part);
  const [first] = parts;
  if (first === undefined || unclear) return unclear ?? { why: `${name} does not tell its disks` };
  const kinds = new Set(parts.map((part) => ("disk" in part ? part.disk : "")));
  return kinds.size === 1 ? first : { why: `${name} is made of ${[...kinds].join(" and ")}` };
}

/** What clouds call the volumes that they attach over their network. */
const NETWORK_VOLUME =
  /^(?:Amazon Elastic Block Store|Alibaba Cloud Elastic Block Storage|nvme_card-pd|MSFT NVMe Accelerator.*|Google PersistentDisk|ORACLE BlockVolume|(?:DO|HC|Linode) Volume)$/;
/** What hypervisors call disks of which only they know what they are. */
const VIRTUAL = /^(?:QEMU|VBOX|ORCL-VBOX|VMware|Msft|Virtual|XENSRC|Nutanix)\b/i;
/** Controllers that show a disk of their own making. Older ones say of any that it rotates. */
const RAID = /\b(?:PERC|MegaRAID|LOGICAL VOLUME|AVAGO|LSI|BROADCOM|MR\d{4}|Adaptec|Smart ?Array)\b/i;

function physical(directory: string, name: string, machine: Machine): DiskTold {
  const shown = `/sys/block/${name}`;
  const word = (file: string) => machine.readText(`${directory}/${file}`)?.trim() ?? "";
  const model = `${word("device/vendor")} ${word("device/model")}`.trim();
  if (/^(?:nbd|rbd)\d/.test(name)) return { disk: "network", from: shown };
  if (/\/session\d+\/|\/rport-/.test(directory))
    return { disk: "network", from: `${shown}, which leads over iSCSI or Fibre Channel` };
  if (NETWORK_VOLUME.test(model)) return { disk: "network", from: `${shown}/device/model: ${model}` };
  if (/^(?:vd[a-z]|xvd[a-z]|hv)/.test(name) || VIRTUAL.test(model))
    return { why: `${name} is a hypervisor's, which does not tell what is behind it` };
  if (name.startsWith("nvme")) return nvme(directory, shown, machine);
  if (/\/usb\d+\//.test(directory)) return { why: `${name} is on USB, which does not tell` };
  if (word("device/type") === "SD") return { why: `${name} is an SD card, which none of the kinds fits` };
  // Loops, ZFS volumes and their kin say of themselves whatever they like.
  if (directory.includes("/virtual/") || word("queue/rotational") === "")
    return { why: `${name} does not tell` };
  const rotational = word("queue/rotational") === "1";
  if (rotational && RAID.test(model))
    return { why: `${name} is a RAID controller's (${model}), which may say that any disk rotates` };
  return { disk: rotational ? "hdd" : "ssd", from: `${shown}/queue/rotational` };
}

/** With several paths to one disk, the controllers are listed in its subsystem. */
function nvme(directory: string, shown: string, machine: Machine): DiskTold {
  const device = `${directory}/device`;
  const controllers = machine.list(device).filter((entry) => /^nvme\d+$/.test(entry));
  const transports = [device, ...controllers.map((entry) => `${device}/${entry}`)]
    .map((controller) => machine.readText(`${controller}/transport`)?.trim() ?? "")
    .filter((transport) => transport !== "");
  const remote = transports.find((transport) => ["tcp", "rdma", "fc"].includes(transport));
  return remote === undefined
    ? { disk: "nvme", from: shown }
    : { disk: "network", from: `${shown}/device/transport: ${remote}` };
}
