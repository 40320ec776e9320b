import { nearestName } from "../../catalog/nearest.ts";
import { optionsIn } from "../../cluster/hba-options.ts";
import type { HbaProblem } from "../../cluster/hba-problems.ts";
import { defineRule } from "../../engine/rule.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-option",
  title: "an option that the method does not take, or a wrong value for it",
  severity: "error",
  docs: {
    why: "Behind the method stand options as name=value, each for certain methods only; some methods cannot do without. One that is wrong makes the server refuse the whole file.",
    fix: "Remove the option, write it as name=value, or add the one that is missing.",
    traps:
      'A comma splits an option unless all of it is quoted: `"radiusservers=a,b"`. A comment needs its #.',
    see: [pgDocs("auth-methods"), pgDocs("auth-pg-hba-conf")],
  },
  *check({ problems, target: { postgres } }) {
    for (const problem of problems("hba/option")) {
      const [name = "", ...value] = (problem.token?.text ?? "").split("=");
      const unknown = problem.server.message.startsWith("unrecognized authentication option name");
      const near = unknown ? nearestName(name, optionsIn(postgres.major)) : undefined;
      const draft = wrongRecord(
        problem,
        `${sentence(problem.server.message)}${near ? `; did you mean ${near}?` : "."}`,
        near === undefined ? undefined : [near, ...value].join("="),
      );
      const secret = mayBeSecret(problem);
      if (problem.server.effect !== "refuses") yield { ...draft, severity: "warning" };
      else if (secret === undefined) yield draft;
      else {
        const hide = (text: string) => text.replaceAll(secret, "***");
        const server = { ...problem.server, message: hide(problem.server.message) };
        yield { place: draft.place, message: hide(draft.message), server };
      }
    }
  },
});

/** The rest of a list of secrets that a comma cut in two. */
function mayBeSecret({ record, token }: HbaProblem): string | undefined {
  if (!token || token.text.includes("=")) return undefined;
  const list = record?.fields.find((field) => field.includes(token)) ?? [];
  return list.some(({ text }) => /^(?:radiussecrets|ldapbindpasswd)=/.test(text)) ? token.text : undefined;
}

const sentence = (message: string) => message.charAt(0).toUpperCase() + message.slice(1);
