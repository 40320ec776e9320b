import { nearestName } from "../../catalog/nearest.ts";
import { defineRule } from "../../engine/rule.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

const TYPES = ["local", "host", "hostssl", "hostnossl", "hostgssenc", "hostnogssenc"];

export default defineRule({
  id: "server/hba-unknown-type",
  title: "a record starts with a word that is no connection type",
  severity: "error",
  controls: ["A15", "A30"],
  docs: () => ({
    why: "The first word says what connections a record is for. One that the server does not know makes it refuse the whole file: it does not start, and after a reload the old rules stay in force.",
    fix: "Write local, host, hostssl, hostnossl, hostgssenc or hostnogssenc, in small letters.",
    traps:
      "The types for GSSAPI encryption came with 12, `include` and its kin with 16. A byte order mark at the start of the file becomes part of the first word.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check({ problems, target: { postgres } }) {
    for (const problem of problems("hba/unknown-type")) {
      const word = problem.token?.text ?? "";
      const known = postgres.major >= 12 ? TYPES : TYPES.slice(0, 4);
      const near = nearestName(word.replace("\ufeff", ""), known);
      yield wrongRecord(problem, `"${word}" is no connection type${advice(word, postgres.major)}.`, near);
    }
  },
});

function advice(word: string, major: number): string {
  if (/^include(?:_if_exists|_dir)?$/.test(word))
    return major < 16 ? "; including files came with PostgreSQL 16" : "; it takes one file name";
  if (/gssenc$/.test(word) && TYPES.includes(word))
    return "; the types for GSSAPI encryption came with PostgreSQL 12";
  if (word.startsWith("\ufeff")) return "; the file starts with a byte order mark";
  if (/^(?:--|\/\/|;)/.test(word)) return "; a comment starts with #";
  return "";
}
