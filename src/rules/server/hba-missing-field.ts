import { defineRule } from "../../engine/rule.ts";
import { wrongRecord } from "../support/hba.ts";
import { pgDocs } from "../support/sources.ts";

export default defineRule({
  id: "server/hba-missing-field",
  title: "a record ends too early",
  severity: "error",
  controls: ["A15"],
  docs: () => ({
    why: "A record is TYPE DATABASE USER METHOD for local, and TYPE DATABASE USER ADDRESS METHOD for the others. One field short, and the server refuses the whole file.",
    fix: "Write the missing field.",
    traps:
      "A numeric address without `/bits` takes the next word for its netmask, so that the method seems to be missing. A list with blanks before a comma (`a ,b`) is two fields. An `@file` without any name in it leaves no field at all.",
    see: [pgDocs("auth-pg-hba-conf")],
  }),
  *check({ problems }) {
    for (const problem of problems("hba/missing-field")) {
      const what = problem.server.message.replace(/^end-of-line before /, "");
      const address = what.startsWith("netmask") ? problem.token?.text : undefined;
      if (address === undefined)
        yield wrongRecord(problem, `The record ends before the ${NAMES[what] ?? what}.`);
      else
        yield {
          ...wrongRecord(problem, `${address} needs a netmask; ${withBits(address)} is this one address.`),
          suggested: withBits(address),
        };
    }
  },
});

const NAMES: Readonly<Record<string, string>> = {
  "connection type": "connection type",
  "database specification": "database",
  "role specification": "user",
  "IP address specification": "address",
  "authentication method": "method",
};

const withBits = (address: string) => `${address}/${address.includes(":") ? 128 : 32}`;
