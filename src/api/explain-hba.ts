import { byteText } from "../access/bytes.ts";
import { mayMeet } from "../access/crossing.ts";
import type { Elements } from "../access/elements.ts";
import { PLAIN } from "../access/ways.ts";
import type { Witness } from "../access/witness.ts";
import type { Cluster } from "../cluster/cluster.ts";
import { allRefs, type LineRef, linesText } from "../text/line-refs.ts";
import {
  type AccessFile,
  type AccessLine,
  accessElements,
  accessFiles,
  type Dialect,
  nameOf,
} from "./access-file.ts";
import { AccessReach, type Doors, doorsOf, type ReachedAccess } from "./access-reach.ts";
import { type Strength, strengthOf } from "./access-strength.ts";
import {
  type Cells,
  type Encryption,
  elementWord,
  encryptionOf,
  isAnywhere,
  isLocalWord,
  isRemoteWord,
  merged,
  originWords,
} from "./access-words.ts";
import { cleaner } from "./clean-answer.ts";

/** Who gets in how, by one file. */
export interface AccessSummary {
  readonly path: string;
  /** "PostgreSQL 17" */
  readonly server: string;
  readonly dialect: Dialect;
  /** Why the server does not load the file; the rest is what it would say without the lines that are wrong. */
  readonly refusal: string | null;
  /** How many lines the server keeps. */
  readonly lines: number;
  /** The weakest first, and among them what comes from farthest away. */
  readonly rows: readonly AccessRow[];
  /** Is anybody left whom no line takes, and who is turned away for that? */
  readonly rest: boolean;
  readonly unused: readonly UnusedLine[];
  readonly notes: readonly string[];
}

/** Lines that let people in, or keep them out, in the same way. */
export interface AccessRow extends Cells {
  readonly strength: Strength;
  /** Why it is weak. */
  readonly why: string | null;
  readonly method: string;
  /** Secrets are left out. */
  readonly options: readonly string[];
  readonly encryption: Encryption;
  readonly lines: readonly LineRef[];
  /** Lines before them that take some of these connections, in another way. */
  readonly except: readonly LineRef[];
  /** Somebody who gets in without a password. */
  readonly witness: Witness | null;
  /** What would have another line take that one. */
  readonly unless: readonly string[];
}

export interface UnusedLine extends LineRef {
  readonly text: string;
  readonly because: string;
}

/** What each file about access that a server has says, its pooler's as well. */
export function explainAccess(cluster: Cluster, dialect?: Dialect): AccessSummary[] {
  const elements = accessElements();
  const files = accessFiles(cluster, elements, dialect);
  const clean = cleaner(files.flatMap(({ read }) => read));
  return files.map((file) => clean(summaryOf(file, cluster, elements)));
}

function summaryOf(file: AccessFile, cluster: Cluster, elements: Elements): AccessSummary {
  const { source, server, dialect, refusal, lines } = file;
  const head = { path: source.path, server, dialect, refusal, lines: lines.length };
  const doors = doorsOf(cluster, file);
  const reach = new AccessReach(file, doors, elements);
  return {
    ...head,
    rows: rowsOf(file, reach, elements),
    rest: reach.hasRest,
    unused: unusedOf(file, reach, doors),
    notes: notesOf(cluster, file),
  };
}

/** Beyond that nobody reads what an earlier line takes, and to look for it takes long. */
const MOST_FOR_EXCEPTIONS = 3000;

function rowsOf(file: AccessFile, reach: AccessReach, elements: Elements): readonly AccessRow[] {
  const open = reach.lines.filter(({ kind }) => kind === "open");
  const rows = open.flatMap((reached, at) => {
    const earlier = open.length > MOST_FOR_EXCEPTIONS ? [] : open.slice(0, at);
    return reached.patterns.map((pattern) => rowOf({ file, reach, elements }, reached, pattern, earlier));
  });
  return merged(rows, keyOf, joined).toSorted(
    (one, other) =>
      ORDER.indexOf(one.strength) - ORDER.indexOf(other.strength) || distance(other) - distance(one),
  );
}

const ORDER: readonly Strength[] = ["nothing", "weak", "strong", "rejected"];

function distance({ from }: Cells): number {
  if (from.some(isAnywhere)) return 2;
  return from.some(isRemoteWord) ? 1 : 0;
}

interface Explained {
  readonly file: AccessFile;
  readonly reach: AccessReach;
  readonly elements: Elements;
}

function rowOf(
  { file, reach, elements }: Explained,
  { line }: ReachedAccess,
  pattern: ReachedAccess["patterns"][number],
  earlier: readonly ReachedAccess[],
): AccessRow {
  const { method, options } = line;
  const from = originWords(pattern.from);
  const encryption = encryptionOf(pattern.ways);
  const { strength, why } = strengthOf({ method, options, from, clear: (pattern.ways & PLAIN) !== 0 });
  const found = strength === "nothing" ? reach.witness(pattern) : undefined;
  return {
    from,
    users: pattern.users.map(elementWord),
    databases: pattern.databases.map(elementWord),
    strength,
    why,
    method,
    options: shownOptions(line),
    encryption: encryption !== "required" && from.every(isLocalWord) ? "needless" : encryption,
    lines: [refOf(line)],
    except: earlier
      .filter((other) => !isSameWay(other.line, line) && other.patterns.some((its) => mayMeet(its, pattern)))
      .map((other) => refOf(other.line)),
    witness: found?.witness ?? null,
    unless: found && !found.sure ? unlessOf(file, found.witness, line, elements) : [],
  };
}

export const refOf = ({ path, line }: AccessLine): LineRef => ({ path, line });

/** Is whoever gets to these lines let in, or kept out, in the same way? */
export const isSameWay = (one: AccessLine, other: AccessLine): boolean =>
  one.method === other.method &&
  (one.method === "reject" || one.options.toSorted().join("\n") === other.options.toSorted().join("\n"));

/** Options that say who gets in; the others are about how a method works. */
const TELLING: ReadonlySet<string> = new Set(["map", "clientcert", "clientname", "krb_realm", "ldapserver"]);

export const shownOptions = ({ method, options }: AccessLine): readonly string[] =>
  options.filter(
    (option) => TELLING.has(nameOf(option)) && !(method === "cert" && nameOf(option) === "clientcert"),
  );

/** What the files do not tell, and would have an earlier line take a connection. */
export function unlessOf(
  file: AccessFile,
  { user, database, address, tls, gss, replication }: Witness,
  hit: AccessLine | undefined,
  elements: Elements,
): readonly string[] {
  // A user of our own is in no role but those that it was given.
  const isNamed = elements.known(byteText(user)).length > 0;
  const unless = new Set<string>();
  for (const { line, onlyIf } of file.match({ user, database, address, tls, gss, replication }).possible) {
    if (line === hit) break;
    if (isNamed || !onlyIf.some((condition) => condition.startsWith(`${user} is a member of `)))
      unless.add(onlyIf.join(" and "));
  }
  return [...unless];
}

const keyOf = ({ strength, method, options, encryption, why }: AccessRow) =>
  JSON.stringify([strength, method, options, encryption, why]);

function joined(first: AccessRow, all: readonly AccessRow[]): AccessRow {
  const { witness, unless } = all.find((row) => row.witness !== null) ?? first;
  return {
    ...first,
    lines: allRefs(all.flatMap(({ lines }) => lines)),
    except: allRefs(all.flatMap(({ except }) => except)),
    witness,
    unless,
  };
}

function unusedOf(file: AccessFile, { lines }: AccessReach, doors: Doors): readonly UnusedLine[] {
  const unused = lines
    .filter(({ kind }) => kind !== "open")
    .map((reached) => ({
      ...refOf(reached.line),
      text: reached.line.text,
      because: whyUnused(reached, doors),
    }));
  const dropped = file.dropped.map(({ line, reason }) => ({
    path: file.source.path,
    line,
    text: "",
    because: `PgBouncer drops it: ${reason}`,
  }));
  return [...unused, ...dropped].toSorted((one, other) =>
    one.path === other.path ? one.line - other.line : 0,
  );
}

function whyUnused({ kind, by, line }: ReachedAccess, { tls, addresses }: Doors): string {
  if (kind === "taken")
    return `${linesText(by.map(refOf), line.path)} ${by.length === 1 ? "takes" : "take"} all of it first`;
  if (kind === "no TLS") return `${tls}`;
  return kind === "unreached" ? `nobody gets that far: ${addresses}` : "no connection is like that";
}

function notesOf({ pooler, poolerAccess }: Cluster, { dialect }: AccessFile): string[] {
  if (!pooler || dialect === "pgbouncer") return [];
  const type = pooler.text("auth_type");
  const who =
    type === "hba"
      ? poolerAccess?.hba
        ? `${poolerAccess.hba.source.path} says who they are`
        : "its auth_hba_file says who they are, and is not among the files"
      : `who they are is up to its auth_type = ${type}`;
  return [
    `PgBouncer (${pooler.main.path}) stands in front: its clients come from where PgBouncer runs, and ${who}.`,
  ];
}
