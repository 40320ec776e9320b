import { type Answer, isUnknown } from "../access/answer.ts";
import { textOfBytes } from "../access/bytes.ts";
import { type ClientAddress, isHost, isInNetwork, isSameHost, isSameNet } from "../access/client-address.ts";
import { isDatabase, isUser, type Wanted } from "../access/names.ts";
import type { Version } from "../catalog/version.ts";
import type { HbaAddress, HbaLine, HbaType } from "./hba.ts";

/** How a connection comes to the server. */
export type Transport = "socket" | "plain" | "tls" | "gss";

/** A connection as the server sees it when it looks for its record. */
export interface Connection extends Wanted {
  readonly transport: Transport;
  /** Null on the Unix socket. */
  readonly client: ClientAddress | null;
}

/** The fields in the order in which the server looks at them. */
export const FIELDS = ["type", "address", "database", "user"] as const;
export type Field = (typeof FIELDS)[number];

/** A record that the server comes by, and what it makes of it. */
export interface Step<Line> {
  readonly line: Line;
  /** The first field that does not match; null where all do, or may. */
  readonly failed: Field | null;
  /** What a match takes besides; empty where it is sure. */
  readonly onlyIf: readonly string[];
}

/** All records up to the first that surely matches: none where the last one is passed. */
export interface Trail<Line> {
  readonly steps: readonly Step<Line>[];
  readonly hit: Line | undefined;
  /** Those before it that may match. */
  readonly possible: readonly Step<Line>[];
}

/** check_hba(): the first record of which all fields match. */
export function matchHbaLines(lines: readonly HbaLine[], connection: Connection, version: Version) {
  return trailOf(lines, (line, field) => fieldAnswer(line, field, connection, version));
}

export function trailOf<Line>(
  lines: readonly Line[],
  answer: (line: Line, field: Field) => Answer,
): Trail<Line> {
  const steps: Step<Line>[] = [];
  for (const line of lines) {
    const step = stepOf(line, answer);
    steps.push(step);
    if (step.failed === null && step.onlyIf.length === 0)
      return { steps, hit: line, possible: steps.filter(isPossible) };
  }
  return { steps, hit: undefined, possible: steps.filter(isPossible) };
}

const isPossible = ({ failed, onlyIf }: Step<unknown>) => failed === null && onlyIf.length > 0;

/** What one field leaves open does not matter where another does not match. */
function stepOf<Line>(line: Line, answer: (line: Line, field: Field) => Answer): Step<Line> {
  const onlyIf: string[] = [];
  for (const field of FIELDS) {
    const its = answer(line, field);
    if (its === false) return { line, failed: field, onlyIf: NOTHING };
    if (isUnknown(its)) onlyIf.push(textOfBytes(its.onlyIf));
  }
  return { line, failed: null, onlyIf: onlyIf.length === 0 ? NOTHING : onlyIf };
}

const NOTHING: readonly string[] = [];

const TRANSPORTS: Readonly<Record<HbaType, readonly Transport[]>> = {
  local: ["socket"],
  host: ["plain", "tls", "gss"],
  hostssl: ["tls"],
  hostnossl: ["plain", "gss"],
  hostgssenc: ["gss"],
  hostnogssenc: ["plain", "tls"],
};

function fieldAnswer(line: HbaLine, field: Field, connection: Connection, version: Version): Answer {
  if (field === "type") return TRANSPORTS[line.type].includes(connection.transport);
  if (field === "database") return isDatabase(line.databases, connection, version);
  if (field === "user") return isUser(line.users, connection, version);
  return line.address === null || connection.client === null || isFrom(line.address, connection.client);
}

function isFrom(address: HbaAddress, client: ClientAddress): Answer {
  if (address.kind === "all") return true;
  if (address.kind === "network") return isInNetwork(client.ip, address.ip, address.mask);
  if (address.kind === "name") return isHost(client, address.name);
  return address.kind === "samehost" ? isSameHost(client) : isSameNet(client);
}
