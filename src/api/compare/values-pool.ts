import type { LineRef } from "../../text/line-refs.ts";

/** A value that a server has. */
export interface Held {
  /** Equal for two values exactly where they mean the same; it may be a secret, and is never shown. */
  readonly same: string;
  /** As it is written, without secrets. */
  readonly shown: string;
  /** Null: nobody set it, it is the default. */
  readonly from: LineRef | null;
  /** The entry that it is a part of, such as a database of PgBouncer. */
  readonly of?: string;
}

/** Keeps each text and each value once: most servers of a group have the same ones. */
export class Pool {
  readonly #texts = new Map<string, string>();
  readonly #held = new Map<string, Held>();

  text(text: string): string {
    return once(this.#texts, text, () => copyOf(text));
  }

  held({ same, shown, from, of }: Held): Held {
    return once(this.#held, JSON.stringify([same, shown, from, of]), () => ({
      same: this.text(same),
      shown: this.text(shown),
      from: from && { path: this.text(from.path), line: from.line },
      ...(of !== undefined && { of: this.text(of) }),
    }));
  }
}

function once<Value>(known: Map<string, Value>, key: string, make: () => Value): Value {
  const old = known.get(key);
  if (old !== undefined) return old;
  const made = make();
  known.set(copyOf(key), made);
  return made;
}

/** A part of a text keeps the whole of it in memory; a copy does not. */
const copyOf = (text: string): string => `${JSON.parse(JSON.stringify(text))}`;
