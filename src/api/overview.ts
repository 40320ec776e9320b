import { formatIp, type Ip } from "../access/address.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { Conf } from "../cluster/conf.ts";
import type { HbaLine } from "../cluster/hba.ts";
import { roughBytes } from "../host/bytes.ts";
import { listensOn, type Reach, reachOf } from "../rules/support/reach.ts";
import { bytesOf } from "../rules/support/tuning.ts";

/** What pictures of a server show. It stands beside the report, whose form is fixed. */
export interface Overview {
  /** The main file, which tells several servers apart. */
  readonly path: string;
  readonly memory?: MemoryOverview;
  readonly access?: AccessOverview;
}

/** The host's memory when every session works at once. */
export interface MemoryOverview {
  readonly total: number;
  readonly from: string;
  readonly parts: readonly MemoryPart[];
}

export interface MemoryPart {
  readonly name: string;
  readonly bytes: number;
  /** The settings that make it up, with their values. */
  readonly arithmetic: string;
}

/** The records of pg_hba.conf in the order in which the server tries them. */
export interface AccessOverview {
  readonly path: string;
  readonly listens: ReturnType<typeof listensOn>;
  readonly records: readonly AccessRecord[];
  /** Records that the server refuses, and which are therefore in no picture. */
  readonly refused: number;
}

export interface AccessRecord {
  readonly path: string;
  readonly line: number;
  readonly reach: Reach;
  /** Such as "10.0.0.0/8", "any address", "local socket". */
  readonly origin: string;
  readonly users: string;
  readonly databases: string;
  readonly method: string;
  readonly strength: Strength;
  /** Needless where nothing leaves the machine; impossible where the record wants it and ssl is off. */
  readonly encryption: "always" | "never" | "either" | "needless" | "impossible";
}

/** How much it takes to get in. */
export type Strength = "nothing" | "weak" | "strong" | "rejected";

export function overviewOf({ conf, hba, host, kinds, files }: Cluster): Overview {
  const [main] = kinds.keys();
  return {
    path: conf?.main.path ?? main?.path ?? files.paths[0] ?? "",
    ...(conf?.whole && host.memory && { memory: memoryOf(conf, host.memory) }),
    ...(hba && {
      access: {
        path: hba.source.path,
        listens: listensOn(conf),
        records: hba.lines.map((line) => recordOf(line, conf?.known("ssl")?.value === false)),
        refused:
          hba.records.filter(({ fields, error }) => fields.length > 0 || error !== null).length -
          hba.lines.length,
      },
    }),
  };
}

function memoryOf(conf: Conf, { value: total, from }: { value: number; from: string }): MemoryOverview {
  const number = (name: string) => Number(conf.get(name)?.value ?? 0);
  const bytes = (name: string) => {
    const setting = conf.get(name);
    return setting ? bytesOf(setting) : 0;
  };
  const named = (name: string) => `${name} = ${roughBytes(bytes(name))}`;
  // -1 leaves it to the other setting.
  const perWorker = number("autovacuum_work_mem") < 0 ? "maintenance_work_mem" : "autovacuum_work_mem";
  const times = (count: string, size: string) => ({
    bytes: number(count) * bytes(size),
    arithmetic: `${count} = ${number(count)}, times ${named(size)}`,
  });
  return {
    total,
    from,
    parts: [
      { name: "Shared buffers", bytes: bytes("shared_buffers"), arithmetic: named("shared_buffers") },
      { name: "One sort in every session", ...times("max_connections", "work_mem") },
      { name: "Autovacuum", ...times("autovacuum_max_workers", perWorker) },
    ],
  };
}

const WEAK = new Set(["password", "md5", "ident", "radius", "ldap", "pam", "bsd"]);

function recordOf(line: HbaLine, withoutTls: boolean): AccessRecord {
  const { record, type, databases, users, method } = line;
  const reach = reachOf(line);
  const impossible = withoutTls && type === "hostssl";
  const local = reach === "socket" || reach === "loopback";
  return {
    path: record.source.path,
    line: record.line,
    reach,
    origin: originOf(line),
    users: namesOf(users),
    databases: namesOf(databases),
    method,
    strength: impossible ? "rejected" : strengthOf(method),
    encryption: impossible ? "impossible" : local ? "needless" : encryptionOf(type),
  };
}

const namesOf = (tokens: HbaLine["users"]) => tokens.map(({ text }) => text).join(", ");

function strengthOf(method: string): Strength {
  if (method === "reject") return "rejected";
  if (method === "trust") return "nothing";
  return WEAK.has(method) ? "weak" : "strong";
}

function encryptionOf(type: HbaLine["type"]): AccessRecord["encryption"] {
  if (type === "hostssl" || type === "hostgssenc") return "always";
  return type === "hostnossl" ? "never" : "either";
}

function originOf({ address }: HbaLine): string {
  if (address === null) return "local socket";
  if (address.kind === "network") return networkOf(address.ip, address.mask);
  if (address.kind === "name") return address.name;
  return { all: "any address", samehost: "this host", samenet: "this host's networks" }[address.kind];
}

/** 10.0.0.0/8; the mask itself where it is no prefix. */
function networkOf(ip: Ip, mask: Ip): string {
  if (mask.every((byte) => byte === 0)) return ip.length === 4 ? "any IPv4 address" : "any IPv6 address";
  const bits = mask.map((byte) => byte.toString(2).padStart(8, "0")).join("");
  const ones = bits.indexOf("0") === -1 ? bits.length : bits.indexOf("0");
  return `${formatIp(ip)}/${bits.slice(ones).includes("1") ? formatIp(mask) : ones}`;
}
