import { formatIp, type Ip } from "../access/address.ts";
import type { Cluster } from "../cluster/cluster.ts";
import type { HbaLine } from "../cluster/hba.ts";
import { budgetOf } from "../rules/support/budget.ts";
import { listensOn, type Reach, reachOf } from "../rules/support/reach.ts";
import type { Budget } from "../sizing/budget.ts";

/** What pictures of a server show. It stands beside the report, whose form is fixed. */
export interface Overview {
  /** The main file, which tells several servers apart. */
  readonly path: string;
  readonly memory?: MemoryOverview;
  readonly access?: AccessOverview;
}

/** What may be taken of the host's memory, and who says how much there is. */
export interface MemoryOverview {
  readonly budget: Budget;
  readonly from: string;
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

export function overviewOf(cluster: Cluster): Overview {
  const { conf, hba, host, kinds, files } = cluster;
  const [main] = kinds.keys();
  const budget = budgetOf(cluster)?.budget;
  return {
    path: conf?.main.path ?? main?.path ?? files.paths[0] ?? "",
    ...(budget && { memory: { budget, from: host.memory?.from ?? "" } }),
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
