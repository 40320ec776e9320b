export const SUITES = ["conf", "start", "hba", "ident", "match", "map", "pgbouncer"] as const;
export type Suite = (typeof SUITES)[number];

/** A text to hold against a server, with the files that it may include. */
export interface Probe {
  readonly suite: Suite;
  readonly group: string;
  readonly text: string;
  /** Each character of the text is one byte of a file that is not UTF-8. */
  readonly latin1?: true;
  readonly files?: Readonly<Record<string, string>>;
  /** match and map: who connects. */
  readonly connection?: ProbeConnection;
}

export interface ProbeConnection {
  readonly user: string;
  readonly database: string;
  readonly address: string | null;
  readonly tls?: boolean;
  readonly replication?: "physical" | "logical";
}

/** What a server did with a probe. */
export interface Verdict {
  readonly accepts: boolean;
  /** The messages of the log, without severity, in order; details and hints are left out. */
  readonly messages: readonly string[];
  /** Details and hints of those messages. */
  readonly notes?: readonly string[];
  /** conf: the text that `postgres -C NAME` prints for the setting of the first line. */
  readonly value?: string;
  /** hba and ident: the rows of the server's view that belong to records in use. */
  readonly rows?: readonly string[];
  /** match: file and line of the record; absent where the connection is turned away, with the words for it. */
  readonly hit?: string;
}

/** A probe as it is recorded: equal verdicts of several releases stand once. */
export interface Recorded extends Probe {
  readonly verdicts: readonly (Verdict & { readonly on: readonly string[] })[];
}

/** The text as a file has it. */
export const bytesOf = ({ text, latin1 }: Probe): string | Uint8Array =>
  latin1 ? Buffer.from(text, "latin1") : text;

/** Numbers that look random and are the same in every run. */
export function* seeded(seed: number): Generator<number, never> {
  for (let state = seed >>> 0; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Every combination of one word of each list, joined. */
export function combine(...lists: readonly (readonly string[])[]): string[] {
  return lists.reduce<string[]>(
    (done, list) => done.flatMap((start) => list.map((word) => start + word)),
    [""],
  );
}

/** Up to `count` of the texts, spread over all of them. */
export function sample<T>(texts: readonly T[], count: number, seed = 1): T[] {
  const random = seeded(seed);
  const keyed = texts.map((text) => ({ text, key: random.next().value }));
  return keyed
    .sort((a, b) => a.key - b.key)
    .slice(0, count)
    .map(({ text }) => text);
}
