import { parsePoolerVersion } from "../../catalog/pooler-version.ts";
import { MAJORS, NEWEST, parsePostgresVersion } from "../../catalog/version.ts";
import { PROFILES } from "../../engine/rule.ts";
import { DISKS, FACTS } from "../../host/facts.ts";
import { FAIL_ON } from "../../node/config.ts";
import { UserError } from "../../node/problem.ts";
import type { Io } from "../io.ts";
import type { Seen } from "./seen.ts";

/** One key of pgconflint.ini. */
export interface Question {
  /** Its option on the command line; with _ for - the key. */
  readonly name: string;
  readonly ask: string;
  /** What a value that cannot be read should have been. */
  readonly wanted: string;
  isValue(text: string): boolean;
  /** What Enter means. */
  readonly usual: Usual;
}

export interface Usual {
  /** What goes into the file; without it the key is left to whoever else knows. */
  readonly value?: string;
  readonly words: string;
}

/** What there is to ask about the files that were seen. */
export function questionsAbout({ postgres, pgbouncer, host, files }: Seen): Question[] {
  const releases: Question[] = [];
  const hasServer = postgres !== undefined || files.length === 0;
  if (hasServer)
    releases.push({
      name: "postgres",
      ask: "Release of PostgreSQL",
      wanted: `a release from ${MAJORS[0]} to ${NEWEST}, such as 16 or 16.4`,
      isValue: (text) => parsePostgresVersion(text) !== undefined,
      usual: releaseOf(postgres),
    });
  if (pgbouncer)
    releases.push({
      name: "pgbouncer",
      ask: "Release of PgBouncer",
      wanted: "a release from 1.15 to 1.25, such as 1.25 or 1.25.2",
      isValue: (text) => parsePoolerVersion(text) !== undefined,
      usual: releaseOf(pgbouncer),
    });
  const fact = (name: "memory" | "cpus" | "disk", ask: string): Question => ({
    name,
    ask,
    wanted: FACTS[name].wanted,
    isValue: (text) => FACTS[name].read(text) !== undefined,
    usual: host[name] ?? { words: "not known" },
  });
  return [
    ...releases,
    ...(hasServer
      ? [
          fact("memory", "Memory of the server, such as 32GB"),
          fact("cpus", "Its processors, such as 8"),
          fact("disk", `What the data is on: ${DISKS.join(", ")}`),
        ]
      : []),
    choice("fail-on", "Fail a run from which severity on", FAIL_ON, "error"),
    choice("profile", "Whose rules", PROFILES, "default"),
  ];
}

/** What the files tell is left to them: a release in pgconflint.ini would outlive an upgrade. */
function releaseOf(release: Seen["postgres"]): Usual {
  if (!release) return { words: "the newest" };
  return { words: `${release.version}, ${release.from}` };
}

const choice = (name: string, ask: string, words: readonly string[], usual: string): Question => ({
  name,
  ask: `${ask}: ${words.join(", ")}`,
  wanted: `one of ${words.join(", ")}`,
  isValue: (text) => words.includes(text),
  usual: { value: usual, words: usual },
});

/** The answer of whoever sits there, asked until it is one; undefined where Enter leaves the key to others. */
export function answerTo({ ask, wanted, isValue, usual }: Question, io: Io): string | undefined {
  for (;;) {
    const answer = reply(`  ${ask} [${usual.words}]: `, io);
    if (answer === "") return usual.value;
    if (isValue(answer)) return answer;
    io.stderr(`  ${JSON.stringify(answer)} is not ${wanted}.\n`);
  }
}

export function reply(question: string, io: Io): string {
  const answer = io.ask?.(question);
  if (answer === undefined)
    throw new UserError("init: no answer, and nothing is written; --yes takes what the files tell");
  return answer.trim();
}
