import type { Place } from "../text/source.ts";

/** What the real server does about a text, in the words of the version it is. */
export interface ServerWords {
  readonly effect: "refuses" | "ignored" | "warns";
  readonly when: "read" | "start" | "reload" | "login";
  readonly message: string;
  readonly detail?: string;
  readonly hint?: string;
}

/**
 * Something a server would say about a place. Readers and checks collect these, each with the facts that it rests
 * on; the `server/…` rules put them for people. `kind` names the case, such as "hba/unknown-method".
 */
export interface Problem<Kind extends string = string> {
  readonly kind: Kind;
  readonly place: Place;
  readonly server: ServerWords;
}
