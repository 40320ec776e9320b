import { formatBytes, parseBytes, roughBytes } from "./bytes.ts";

export const DISKS = ["ssd", "nvme", "hdd", "network"] as const;
export type Disk = (typeof DISKS)[number];
export const SYSTEMS = ["linux", "macos", "windows"] as const;
export const THP_MODES = ["always", "madvise", "never"] as const;

/** How a fact is written in pgconflint.ini, on the command line and in a comment, and how it is shown. */
export interface FactKind<Value> {
  /** For help, and for the schema of pgconflint.ini. */
  readonly describe: string;
  /** What a value that cannot be read should have been. */
  readonly wanted: string;
  /** The same for a schema. */
  readonly pattern?: string;
  readonly choices?: readonly string[];
  read(text: string): Value | undefined;
  /** As `read` takes it. */
  write(value: Value): string;
  /** For people. */
  show(value: Value): string;
}

/** Kernels count in kB at the finest. */
const wholeKb = (bytes: number) => formatBytes(Math.floor(bytes / 1024) * 1024);

const size = (describe: string): FactKind<number> => ({
  describe,
  wanted: "a size, such as 32GB",
  pattern: "^\\d+(\\.\\d+)?\\s*[kKmMgGtT]i?[bB]?$",
  read: parseBytes,
  write: wholeKb,
  show: roughBytes,
});

/** Sizes that may be nothing at all. */
const sizeOrNone = (describe: string): FactKind<number> => ({
  ...size(describe),
  wanted: "a size, such as 32GB, or 0",
  pattern: "^(0|\\d+(\\.\\d+)?\\s*[kKmMgGtT]i?[bB]?)$",
  read: (text) => (text.trim() === "0" ? 0 : parseBytes(text)),
  write: (bytes) => (bytes === 0 ? "0" : wholeKb(bytes)),
  show: (bytes) => (bytes === 0 ? "none" : roughBytes(bytes)),
});

function oneOf<Word extends string>(choices: readonly Word[], describe: string): FactKind<Word> {
  return {
    describe,
    wanted: `one of ${choices.join(", ")}`,
    choices,
    read: (text) => choices.find((choice) => choice === text.trim()),
    write: (word) => word,
    show: (word) => word,
  };
}

const yesOrNo = (describe: string): FactKind<boolean> => ({
  describe,
  wanted: "yes or no",
  choices: ["yes", "no"],
  read: (text) => ({ yes: true, no: false })[text.trim()],
  write: (yes) => (yes ? "yes" : "no"),
  show: (yes) => (yes ? "yes" : "no"),
});

const CPUS: FactKind<number> = {
  describe: "processors; 0.5 or 500m where a quota gives half of one",
  wanted: "a number of processors, such as 8, 0.5 or 500m",
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
  pattern: "^(0?\\.\\d+|1(\\.0+)?|\\d{1,3}(\\.\\d+)?%)$",
  read(text) {
    const match = /^(\d+(?:\.\d+)?|\.\d+)(%?)$/.exec(text.trim());
    const share = match ? Number(match[1]) / (match[2] ? 100 : 1) : 0;
    return share > 0 && share <= 1 ? share : undefined;
  },
  write: String,
  show: (share) => `${Number((share * 100).toFixed(1))} %`,
};

const FILESYSTEM: FactKind<string> = {
  describe: "file system of the data directory, such as ext4 or zfs",
  wanted: "the name of a file system, such as ext4",
  pattern: "^[a-z0-9][a-z0-9._-]*$",
  read: (text) => (/^[a-z0-9][a-z0-9._-]*$/.test(text.trim()) ? text.trim() : undefined),
  write: (name) => name,
  show: (name) => name,
};

/** Everything about a host that sizes a server. Keys of pgconflint.ini and options are made from these names. */
export const FACTS = {
  memory: size("memory that the server may use: the machine's RAM, or its container's limit"),
  share: SHARE,
  swap: sizeOrNone("swap"),
  commitLimit: size("CommitLimit of /proc/meminfo, where vm.overcommit_memory is 2"),
  cpus: CPUS,
  disk: oneOf(DISKS, "what the data is on"),
  filesystem: FILESYSTEM,
  diskFree: sizeOrNone("free space where the data is"),
  walDisk: size("size of the file system of pg_wal, where it has one of its own"),
  hugePages: sizeOrNone("memory that the kernel has set aside as huge pages"),
  transparentHugePages: oneOf(THP_MODES, "transparent huge pages"),
  shm: sizeOrNone("size of /dev/shm"),
  container: yesOrNo("whether the server runs in a container"),
  ioUring: yesOrNo("whether processes may use io_uring"),
  os: oneOf(SYSTEMS, "operating system"),
};

export type FactName = keyof typeof FACTS;
type ValueOf<Kind> = Kind extends FactKind<infer Value> ? Value : never;

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

/** walDisk as it is written in pgconflint.ini (wal_disk) and on the command line (wal-disk). */
export const spelled = (name: string, between: "_" | "-"): string =>
  name.replace(/[A-Z]/g, (letter) => `${between}${letter.toLowerCase()}`);

/** The fact in words that `read` takes, if that is what they are. */
export function factFrom<Name extends FactName>(name: Name, text: string, from: string): Host {
  const value = FACTS[name].read(text);
  return value === undefined ? {} : { [name]: { value, from } };
}

/** The facts with one origin for all. */
export function hostFrom(input: HostInput, from: string): Host {
  const known = FACT_NAMES.filter((name) => input[name] !== undefined);
  return Object.fromEntries(known.map((name) => [name, { value: input[name], from }]));
}
