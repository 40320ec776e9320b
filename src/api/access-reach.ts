import { prefixMask } from "../access/address.ts";
import { blockOf, THE_SOCKET } from "../access/blocks.ts";
import { sharedOrigin } from "../access/crossing.ts";
import { ANY, type Elements, REPLICATION } from "../access/elements.ts";
import { FROM_ANYWHERE, isHostName, type Origin, type Pattern } from "../access/patterns.ts";
import { Reach } from "../access/reach.ts";
import { EVERY_WAY, SOCKET, TLS, type Ways } from "../access/ways.ts";
import { type Witness, witnessOf } from "../access/witness.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { known, listensOn as poolerListensOn } from "../rules/support/pooler-settings.ts";
import { listensOn, waysIn } from "../rules/support/reach.ts";
import type { AccessFile, AccessLine } from "./access-file.ts";

/** Where a server takes connections at all, as far as its settings say. */
export interface Doors {
  readonly ways: Ways;
  /** Nobody on another machine gets to it. */
  readonly ownMachineOnly: boolean;
  /** The settings that shut others out, for people. */
  readonly tls: string;
  readonly addresses: string;
}

export function doorsOf({ conf, pooler }: Cluster, { dialect, ways }: AccessFile): Doors {
  if (dialect === "postgres") {
    const listens = conf?.set.has("listen_addresses") ? listensOn(conf) : "unknown";
    return {
      ways: ways & waysIn(conf),
      ownMachineOnly: listens === "loopback" || listens === "socket",
      tls: "ssl is off",
      addresses: `listen_addresses = '${conf?.get("listen_addresses")?.base ?? ""}'`,
    };
  }
  const listens = pooler && poolerListensOn(pooler);
  const mode = pooler && known(pooler, "client_tls_sslmode")?.toLowerCase();
  return {
    ways: ways & (listens === "socket" ? SOCKET : EVERY_WAY) & (mode === "disable" ? ~TLS : EVERY_WAY),
    ownMachineOnly: listens === "loopback" || listens === "socket",
    tls: "client_tls_sslmode = disable",
    addresses: `listen_addr = ${pooler ? known(pooler, "listen_addr") : ""}`,
  };
}

const FROM_OWN_MACHINE: Origin = {
  blocks: [
    THE_SOCKET,
    blockOf([127, 0, 0, 0], prefixMask(8, 4)),
    blockOf([...Array.from({ length: 15 }, () => 0), 1], prefixMask(128, 16)),
  ],
  surely: [],
  name: null,
  within: [],
};

/** Every connection that there is. */
export const EVERYTHING: Pattern = {
  ways: EVERY_WAY,
  databases: [ANY, REPLICATION],
  users: [ANY],
  from: {
    blocks: [THE_SOCKET, ...FROM_ANYWHERE.blocks],
    surely: [THE_SOCKET, ...FROM_ANYWHERE.blocks],
    name: null,
    within: [],
  },
};

/** What is left to a line by those before it, and by the doors of the server. */
export interface ReachedAccess {
  readonly line: AccessLine;
  readonly kind: "open" | "taken" | "nothing" | "no TLS" | "unreached";
  /** Where it is taken: the lines that take its connections together. */
  readonly by: readonly AccessLine[];
  /** The patterns of it that are open, with the ways and the addresses that are. */
  readonly patterns: readonly Pattern[];
}

/** Which lines of a file are ever used. */
export class AccessReach {
  readonly lines: readonly ReachedAccess[];
  /** Does anybody get past all lines? */
  readonly hasRest: boolean;
  readonly #reach: Reach;
  readonly #hosts: ReadonlySet<string>;
  readonly #numbers = new Map<Pattern, number>();

  constructor({ lines }: AccessFile, { ways, ownMachineOnly }: Doors, elements: Elements) {
    this.#reach = new Reach(elements);
    this.#hosts = hostsIn(lines);
    const owners: AccessLine[] = [];
    this.lines = lines.map((line) => {
      const by = new Set<AccessLine>();
      const patterns: Pattern[] = [];
      let [left, there] = [false, false];
      for (const pattern of line.patterns) {
        const rest = this.#reach.add(pattern);
        owners.push(line);
        left ||= rest.open !== 0;
        for (const at of rest.by) by.add(owners[at] ?? line);
        there ||= (rest.open & ways) !== 0;
        const from = ownMachineOnly ? onOwnMachine(pattern.from) : pattern.from;
        if ((rest.open & ways) === 0 || !from) continue;
        const open = { ...pattern, ways: rest.open & ways, from };
        patterns.push(open);
        this.#numbers.set(open, owners.length - 1);
      }
      by.delete(line);
      if (patterns.length > 0) return { line, kind: "open", by: [], patterns };
      if (left) return { line, kind: there ? "unreached" : wayShut(line, ways), by: [], patterns };
      return { line, kind: by.size > 0 ? "taken" : "nothing", by: [...by], patterns };
    });
    this.hasRest = (this.#reach.add(EVERYTHING).open & ways) !== 0;
  }

  /** A connection that gets to an open pattern; undefined where none comes to mind. */
  witness(pattern: Pattern): { readonly sure: boolean; readonly witness: Witness } | undefined {
    const found = this.#reach.sample(pattern, this.#numbers.get(pattern) ?? 0);
    return found && { sure: found.sure, witness: witnessOf(found.sample, pattern, this.#hosts) };
  }
}

const wayShut = ({ patterns }: AccessLine, ways: Ways): "no TLS" | "unreached" =>
  (ways & TLS) === 0 && patterns.every((pattern) => (pattern.ways & ~TLS) === 0) ? "no TLS" : "unreached";

function onOwnMachine(from: Origin): Origin | undefined {
  if (from.name === "samehost" || from.name === ":localhost") return from;
  if (isHostName(from)) return undefined;
  const shared = sharedOrigin(from, FROM_OWN_MACHINE);
  // Its own networks have its loopback addresses.
  return shared && { ...shared, name: null, within: [] };
}

export const hostsIn = (lines: readonly AccessLine[]): ReadonlySet<string> =>
  new Set(
    lines.flatMap(({ patterns }) =>
      patterns.flatMap(({ from }) => (from.name !== null && isHostName(from) ? [from.name.slice(1)] : [])),
    ),
  );
