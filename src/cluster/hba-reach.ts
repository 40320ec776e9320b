import { byteText } from "../access/bytes.ts";
import { parseAddress } from "../access/client-address.ts";
import type { FoundIn } from "../access/elements.ts";
import { commonOrigin, hasAddressesOf, hasLoginsOf } from "../access/patterns.ts";
import { obstacle, Reach } from "../access/reach.ts";
import { found } from "../access/regex-search.ts";
import { regexTree } from "../access/regex-tree.ts";
import { EVERY_WAY, type Ways } from "../access/ways.ts";
import { type Witness, witnessOf } from "../access/witness.ts";
import type { Version } from "../catalog/version.ts";
import type { HbaFile, HbaLine } from "./hba.ts";
import { matchHbaLines } from "./hba-match.ts";
import { HbaPatterns } from "./hba-patterns.ts";

/** What the lines before it leave of a line, whatever roles, networks and names of hosts there are. */
export interface ReachedLine {
  readonly line: HbaLine;
  /** The ways on which some connection may still get to it; 0 where it never matches. */
  readonly open: Ways;
  /** Where it never matches: lines that together take all of its connections; none where it has none by itself. */
  readonly by: readonly HbaLine[];
  /** It takes too much to tell; it counts as open. */
  readonly tooMany: boolean;
}

/** Whether a line is ever used, and how that is known. */
export type Verdict =
  | { readonly kind: "alive"; readonly witness: Witness }
  | { readonly kind: "dead"; readonly by: readonly HbaLine[] }
  | {
      readonly kind: "undecidable";
      /** What it depends on, in words. */
      readonly because: readonly string[];
      /** A connection that gets to it, if all of that is otherwise. */
      readonly witness: Witness | undefined;
    };

/** An earlier line that takes what a later one names more precisely. */
export interface Forestalled {
  readonly line: HbaLine;
  /** It has not all the addresses of the later one. */
  readonly isNarrower: boolean;
  /** A connection of both, which it takes. */
  readonly witness: Witness;
}

/** Who gets to which line of a pg_hba.conf. */
export class HbaReach {
  readonly lines: readonly ReachedLine[];
  readonly #version: Version;
  readonly #reach = new Reach(searcher());
  readonly #patterns: HbaPatterns;
  readonly #hosts = new Set<string>();

  constructor({ lines, version }: Pick<HbaFile, "lines" | "version">) {
    this.#version = version;
    this.#patterns = new HbaPatterns(version, this.#reach.elements);
    this.lines = lines.map((line) => {
      if (line.address?.kind === "name") this.#hosts.add(line.address.name.toLowerCase());
      const { open, by, tooMany } = this.#reach.add(this.#patterns.patternOf(line));
      return { line, open, by: by.length === 0 ? NONE : by.flatMap((at) => lines[at] ?? []), tooMany };
    });
  }

  /** Of a line by its index; `ways` are those on which clients come at all. */
  verdict(index: number, ways: Ways = EVERY_WAY): Verdict {
    const rest = this.lines[index];
    if (!rest || (rest.open & ways) === 0) return { kind: "dead", by: rest?.by ?? NONE };
    const pattern = this.#patterns.patternOf(rest.line);
    const found = this.#reach.sample({ ...pattern, ways: rest.open & ways }, index);
    const witness = found && witnessOf(found.sample, pattern, this.#hosts);
    if (found?.sure && witness) return { kind: "alive", witness };
    const because = witness ? this.#conditions(witness, index) : [];
    return {
      kind: "undecidable",
      because: because.length > 0 ? because : [obstacle(pattern, rest)],
      witness,
    };
  }

  /**
   * Earlier lines that take connections of a line though they are for more databases or users than it is, each with one
   * that it takes for sure: the line says more precisely whom it is for, and comes too late.
   */
  *forestalled(index: number, isAsked: (earlier: HbaLine) => boolean): Generator<Forestalled> {
    const rest = this.lines[index];
    if (!rest || rest.open === 0) return;
    const pattern = this.#patterns.patternOf(rest.line);
    for (const at of [...this.#reach.overlapping(pattern, index)].sort((a, b) => a - b)) {
      const line = this.lines[at]?.line;
      if (!line || !isAsked(line)) continue;
      const wide = this.#patterns.patternOf(line);
      if (!hasLoginsOf(wide, pattern) || hasLoginsOf(pattern, wide)) continue;
      const from = commonOrigin(wide.from, pattern.from);
      const shared = from && { ...pattern, ways: wide.ways & pattern.ways, from };
      const found = shared && this.#reach.sample(shared, at);
      if (shared && found?.sure)
        yield {
          line,
          isNarrower: !hasAddressesOf(wide.from, pattern.from),
          witness: witnessOf(found.sample, shared, this.#hosts),
        };
    }
  }

  /** What would make earlier lines match. */
  #conditions({ user, database, address, tls, gss, replication }: Witness, index: number): string[] {
    const ip = address === null ? undefined : parseAddress(address);
    const { possible } = matchHbaLines(
      this.lines.slice(0, index).map(({ line }) => line),
      {
        user: byteText(user),
        database: byteText(database),
        replication,
        memberships: undefined,
        transport: address === null ? "socket" : tls ? "tls" : gss ? "gss" : "plain",
        client: ip ? { ip, interfaces: undefined, hostnames: undefined } : null,
      },
      this.#version,
    );
    return [...new Set(possible.flatMap(({ onlyIf }) => onlyIf))];
  }
}

const NONE: readonly HbaLine[] = [];

/** isFound(), with each expression read once. */
function searcher(): FoundIn {
  const trees = new Map<string, ReturnType<typeof regexTree>>();
  return (expression, name) => {
    const tree = trees.get(expression) ?? regexTree(expression);
    trees.set(expression, tree);
    return "beyond" in tree ? undefined : found(tree, name);
  };
}
