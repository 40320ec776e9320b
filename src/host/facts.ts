import { formatBytes } from "./bytes.ts";
import { type FactKind, oneOf, size, sizeOrNone, type ValueOf, yesOrNo } from "./kinds.ts";

export { type FactKind, spelled } from "./kinds.ts";

export const DISKS = ["ssd", "nvme", "hdd", "network"] as const;
export type Disk = (typeof DISKS)[number];
export const SYSTEMS = ["linux", "macos", "windows"] as const;
export const THP_MODES = ["always", "madvise", "never"] as const;

const CPUS: FactKind<number> = {
  describe: "processors; 0.5 or 500m where a quota gives half of one",
  wanted: "a number of processors, such as 8, 0.5 or 500m",
  type: "number",
  pattern: "^(\\d{1,5}(\\.\\d+)?|\\d{1,8}m)$",
  read(text) {
    const match = /^(\d{1,8}(?:\.\d+)?)(m?)$/.exec(text.trim());
    const cpus = match ? Number(match[1]) / (match[2] ? 1000 : 1) : 0;
    return cpus > 0 && cpus <= 65_536 ? cpus : undefined;
  },
  write: String,
  show: (cpus) => `${Number(cpus.toFixed(2))}`,
};

const SHARE: FactKind<number> = {
  describe: "PostgreSQL's part of the memory, where other things run there as well: 50% or 0.5",
  wanted: "a part, such as 50% or 0.5",
  type: "number",
  pattern: "^(0?\\.\\d+|1(\\.0+)?|\\d{1,3}(\\.\\d+)?%)$",
  read(text) {
    const match = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(text.trim());
    const share = match ? Number(match[1]) / (match[2] ? 100 : 1) : 0;
    return share > 0 && share <= 1 ? share : undefined;
  },
  write: String,
  show: (share) => `${Number((share * 100).toFixed(1))}%`,
};

const FILESYSTEM: FactKind<string> = {
  describe: "file system of the data directory, such as ext4 or zfs",
  wanted: "the name of a file system, such as ext4",
  type: "string",
  pattern: "^[a-z0-9][a-z0-9._-]*$",
  read: (text) => (/^[a-z0-9][a-z0-9._-]*$/.test(text.trim()) ? text.trim() : undefined),
  write: (name) => name,
  show: (name) => name,
};

/** Of what changes from hour to hour, or of a whole disk, nobody needs the kB. */
const roughly = (kind: FactKind<number>): FactKind<number> => ({
  ...kind,
  write: (bytes) => (bytes >= 10 * 1024 ** 3 ? formatBytes(bytes - (bytes % 1024 ** 3)) : kind.write(bytes)),
});

/** Everything about a host that sizes a server. Keys of pgconflint.ini and options are made from these names. */
export const FACTS = {
  memory: size("memory that the server may use: the machine's RAM, or its container's limit"),
  share: SHARE,
  swap: sizeOrNone("swap"),
  commitLimit: size("CommitLimit of /proc/meminfo, where vm.overcommit_memory is 2"),
  cpus: CPUS,
  disk: oneOf(DISKS, "what the data is on"),
  filesystem: FILESYSTEM,
  diskFree: roughly(sizeOrNone("free space where the data is")),
  walDisk: roughly(size("size of the file system of pg_wal, where it has one of its own", "100GB")),
  hugePages: sizeOrNone("memory that the kernel has set aside as huge pages"),
  transparentHugePages: oneOf(THP_MODES, "transparent huge pages"),
  shm: sizeOrNone("size of /dev/shm"),
  container: yesOrNo("whether the server runs in a container"),
  ioUring: yesOrNo("whether processes may use io_uring"),
  os: oneOf(SYSTEMS, "operating system"),
};

export type FactName = keyof typeof FACTS;

/** What sizes a server, as a caller has it: sizes in bytes. */
export type HostInput = { readonly [Name in FactName]?: ValueOf<(typeof FACTS)[Name]> };

/** A fact and who says so: "--memory", "pgconflint.ini", "comment", "/sys/fs/cgroup/memory.max". */
export interface Fact<Value> {
  readonly value: Value;
  readonly from: string;
}

/** What is known of the host. Nothing is assumed: a rule about size says nothing where its fact is missing. */
export type Host = { readonly [Name in FactName]?: Fact<ValueOf<(typeof FACTS)[Name]>> };

const isFactName = (name: string): name is FactName => Object.hasOwn(FACTS, name);
export const FACT_NAMES: readonly FactName[] = Object.keys(FACTS).filter(isFactName);

/** The fact in words that `read` takes, if that is what they are. */
export function factFrom<Name extends FactName>(name: Name, text: string, from: string): Host {
  const value = FACTS[name].read(text);
  return value === undefined ? {} : { [name]: { value, from } };
}

/** All that is known; of two who say something the later counts. */
export function allOf(hosts: readonly Host[]): Host {
  let all: Host = {};
  for (const host of hosts) all = { ...all, ...host };
  return all;
}

/** The facts with one origin for all. */
export function hostFrom(input: HostInput, from: string): Host {
  const known = FACT_NAMES.filter((name) => input[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, { value: input[name], from }]));
}
