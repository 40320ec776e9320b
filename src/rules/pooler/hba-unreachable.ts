import type { PoolerHbaLine } from "../../cluster/pooler-hba.ts";
import { defineRule } from "../../engine/rule.ts";
import { poolerDocs } from "../support/sources.ts";

export default defineRule({
  id: "pooler/hba-unreachable",
  title: "a line of auth_hba_file is never reached",
  severity: "warning",
  controls: ["T06", "pgbouncer/hba"],
  docs: () => ({
    why: "The first line that matches decides. Behind one that takes every database, user and address nothing of that type is read; a reject there protects nothing.",
    fix: "Put the special lines first and the general one last.",
    leave: "Never; the line does nothing.",
    see: [poolerDocs("hba-file-format")],
  }),
  *check({ poolerAccess }) {
    const closed = new Map<PoolerHbaLine["type"], PoolerHbaLine>();
    for (const line of poolerAccess?.hba?.lines ?? []) {
      const before = closed.get(line.type);
      if (before && !line.databases.keywords.includes("replication"))
        yield {
          place: line.place,
          ...(line.method === "reject" && before.method !== "reject" && { severity: "error" }),
          message: `Line ${before.line} takes every client that this line could, and so this ${line.method} is never reached.`,
          related: [{ place: before.place, message: "takes them all" }],
        };
      else if (!before && takesAll(line)) for (const type of CLOSES[line.type]) closed.set(type, line);
    }
  },
});

const CLOSES = {
  local: ["local"],
  host: ["host", "hostssl", "hostnossl"],
  hostssl: ["hostssl"],
  hostnossl: ["hostnossl"],
} as const;

/** An address of 0.0.0.0/0 leaves IPv6 clients over. */
const takesAll = ({ databases, users, network }: PoolerHbaLine) =>
  network === null && databases.keywords.includes("all") && users.keywords.includes("all");
