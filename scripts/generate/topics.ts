import type { Rule } from "../../src/engine/rule.ts";

/** What the rules of a topic ask. */
const TOPICS: Readonly<Record<string, string>> = {
  access:
    "Who gets in, how, and which records of pg_hba.conf and pg_ident.conf mean something else than they look like?",
  backup: "Can the server be restored, or does its archive only look like one?",
  compat: "Is this release still mended, and does it still have what is written here?",
  connections: "Are there too many, or none left for whom they are reserved?",
  cross: "Do the files agree with each other: users, pools, certificates, ports?",
  durability: "Is what was committed still there after the power failed?",
  io: "Do checkpoints and reads suit the disk?",
  locale: "Are time zones, encodings and languages what they should be?",
  logging: "Will the log tell what went wrong, and nothing that it must not tell?",
  memory: "Does it fit, even when everything that is allowed happens at once?",
  network: "Who reaches the port, and who can open the socket?",
  planner: "Was a switch that was meant for one query left on for all?",
  pooler:
    "What does PgBouncer refuse, ignore or take otherwise than it was meant; who gets through it, and what waits?",
  privileges: "Which settings give the server away to who can already do a little?",
  replication: "Will a standby keep up, and will the primary survive one that does not?",
  secrets: "Where do passwords stand, and how well are they kept?",
  server: "What does PostgreSQL itself refuse, ignore or warn about?",
  suppression: "Does an exception still say why, and does it still except anything?",
  timeouts: "Does what hangs end, and what works not?",
  tls: "Is it on, asked for, and worth something?",
  vacuum: "Is it on, does it keep up, and does it stay away from the wraparound?",
};

export const topicsOf = (rules: readonly Rule[]): readonly string[] => [
  ...new Set(rules.map(({ id }) => id.slice(0, id.indexOf("/")))),
];

export function question(topic: string): string {
  const asked = TOPICS[topic];
  if (asked === undefined)
    throw new Error(`topic ${topic}: scripts/generate/topics.ts does not say what it asks`);
  return asked;
}

/** For the README: a row a topic. */
export function topicTable(rules: readonly Rule[]): string {
  const rows = topicsOf(rules).map((topic) => {
    const count = rules.filter(({ id }) => id.startsWith(`${topic}/`)).length;
    return `| [${topic}](docs/rules/README.md#${topic}) | ${count} | ${question(topic)} |`;
  });
  return ["| topic | rules | what they ask |", "|---|---:|---|", ...rows].join("\n");
}
