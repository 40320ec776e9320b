import { nearestName } from "../../catalog/nearest.ts";
import { optionsIn } from "../../cluster/hba-options.ts";
import { defineRule } from "../../engine/rule.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-option",
  title: "an option that the method does not take, or a wrong value for it",
  severity: "error",
  controls: ["A15"],
  docs: () => ({
    why: "Behind the method stand options as name=value, each for certain methods only; some methods cannot do without. One that is wrong makes the server refuse the whole file.",
    fix: "Remove the option, write it as name=value, or add the one that is missing.",
    traps:
      'A comma splits an option unless all of it is quoted: `"radiusservers=a,b"`. A comment needs its #.',
    see: [pgDocs("auth-methods"), pgDocs("auth-pg-hba-conf")],
  }),
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
      yield problem.server.effect === "refuses" ? draft : { ...draft, severity: "warning" };
    }
  },
});

const sentence = (message: string) => message.charAt(0).toUpperCase() + message.slice(1);
