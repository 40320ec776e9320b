import { isUnknown } from "../access/answer.ts";
import { parseAddress } from "../access/client-address.ts";
import { byteText, isFound } from "../access/names.ts";
import { Reach, type Sample } from "../access/reach.ts";
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

/** Who gets to which line of a pg_hba.conf. */
export class HbaReach {
  readonly lines: readonly ReachedLine[];
  readonly #version: Version;
  readonly #reach = new Reach(isFoundIn);
  readonly #hosts = new Set<string>();

  constructor({ lines, version }: Pick<HbaFile, "lines" | "version">) {
    this.#version = version;
    const patterns = new HbaPatterns(version, this.#reach.elements);
    this.lines = lines.map((line) => {
      if (line.address?.kind === "name") this.#hosts.add(line.address.name.toLowerCase());
      const { open, by } = this.#reach.add(patterns.patternOf(line));
      return { line, open, by: by.length === 0 ? NONE : by.flatMap((at) => lines[at] ?? []) };
    });
  }

  /** Of a line by its index; `ways` are those on which clients come at all. */
  verdict(index: number, ways: Ways = EVERY_WAY): Verdict {
    const rest = this.lines[index];
    if (!rest || (rest.open & ways) === 0) return { kind: "dead", by: rest?.by ?? NONE };
    const found = this.#reach.sample(index, ways);
    const witness = found && this.#witness(found.sample, index);
    if (found?.sure && witness) return { kind: "alive", witness };
    const because = witness ? this.#conditions(witness, index) : [];
    return {
      kind: "undecidable",
      because: because.length > 0 ? because : [this.#reach.obstacle(index)],
      witness,
    };
  }

  #witness(sample: Sample, index: number): Witness | undefined {
    const pattern = this.#reach.patterns[index];
    return pattern && witnessOf(sample, pattern, this.#hosts);
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
        roles: undefined,
        transport: address === null ? "socket" : tls ? "tls" : gss ? "gss" : "plain",
        client: ip ? { ip, interfaces: undefined, hostnames: undefined } : null,
      },
      this.#version,
    );
    return [...new Set(possible.flatMap(({ onlyIf }) => onlyIf))];
  }
}

const NONE: readonly HbaLine[] = [];

function isFoundIn(expression: string, name: string): boolean | undefined {
  const answer = isFound(expression, name);
  return isUnknown(answer) ? undefined : answer;
}
