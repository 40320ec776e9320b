import { roughBytes } from "../../src/host/bytes.ts";
import { budgetSum } from "../../src/rules/support/budget.ts";
import { valueText } from "../../src/rules/support/tuning.ts";
import { type ComparedHost, comparedHosts, DATE, type Judged, OURS, PEERS } from "./compared-hosts.ts";
import { REASONS } from "./compared-reasons.ts";

/** Values that only some builds of the server accept, as `name = value`, with the mark that says so. */
const NEEDS: Readonly<Record<string, string>> = {
  "wal_compression = lz4": "†",
  "default_toast_compression = lz4": "†",
  "io_method = io_uring": "‡",
};
/** Values that take more than memory: who may connect, or what a backup needs. */
const BEYOND_TUNING: Readonly<Record<string, string>> = {
  "listen_addresses = *": "§",
  "wal_level = minimal": "§",
  "max_wal_senders = 0": "§",
};

/** docs/tuning-compared.md */
export function comparedPage(): string {
  const hosts = comparedHosts();
  return `${[HEAD, summary(hosts), REFUSED, ...hosts.map(section), reasons()].join("\n\n")}\n`;
}

const HEAD = `# Our values beside those of others

What \`pgconflint tune\` gives for twelve hosts, beside ${list(
  Object.entries(PEERS).map(
    ([name, { repository, commit, committed }]) => `[${name}](${repository}) (${commit} of ${committed})`,
  ),
)}.
Their values are what their own code gave on ${DATE} (\`scripts/generate/peer-values.json\`). Ours are worked out anew by
\`npm run generate\`, which writes this page, so that it is never older than the formulas.

Each tool's values were written into a postgresql.conf, read as the server reads it, and judged by the same proof, ours
included. 100 % is what PostgreSQL can use: the RAM without 10 % (96MB to 4GB) for the kernel, and of half the RAM on a desktop.

- **At worst**: every connection has a session of 4MB, a page table for all of shared_buffers (there are no huge pages), and
  one hash at its limit (1.5 for mixed, 2 for dw); all parallel and autovacuum workers are busy, and one index is built.
- **Likely**: the same with as many sessions at work as keep the CPUs busy, 8 a CPU and at least 20.

No tool but ours promises to stay within this sum, and a server seldom meets it: 120 % at worst is taste. More than 100 %
when it is likely leaves the server to the OOM killer. Where huge pages are set aside, take the page tables off the sums: they
are 4.7GB of 300 connections on 32GB, and none of the three counts them.

In the tables a value in parentheses is the server's default, which the tool leaves; settings in which all agree are left
out. Where the tools are asked less than we tell ours: timescaledb-tune takes neither disk nor workload and tunes for its
extension; pgconfig starts from 100 connections. No host here has NVMe, which only PGTune knows of the three, nor a pooler,
nor is any a container.`;

function list(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} and ${words.at(-1)}`;
}

function summary(hosts: readonly ComparedHost[]): string {
  const names = [OURS, ...Object.keys(PEERS)];
  const rows = hosts.map(({ title, tools }, index) =>
    row([
      `[${index + 1}. ${title}](#host-${index + 1})`,
      ...names.map((name) => verdict(tools.find(({ tool }) => tool === name))),
    ]),
  );
  return `## Memory at worst / likely, in percent of what PostgreSQL can use

${row(["host", ...names])}
${row(["---", ...names.map(() => "---")])}
${rows.join("\n")}

**Bold**: more than there is. † the server does not start if it was built without lz4, ‡ nor without liburing. § is no matter
of speed: who may connect, or whether there can be backups. Where the connections are given ours can be over as well: no
work_mem makes 300 sessions fit into 2GB, and \`tune\` says so as an error, with how many would fit.`;
}

function verdict(judged: Judged | undefined): string {
  if (!judged) return "";
  const { budget } = judged.proof;
  const marks = new Set([...judged.conf.set.keys()].map((name) => markOf(judged, name)));
  return `${percent(judged, budget.worst.taken)} / ${percent(judged, budget.likely.taken)} ${[...marks].toSorted().join("")}`.trim();
}

function percent({ proof: { budget } }: Judged, taken: number): string {
  const text = `${Math.round((taken / budget.usable) * 100)} %`;
  return taken > budget.usable ? `**${text}**` : text;
}

const REFUSED = `## What servers refuse

All values of this page were given to \`postgres -C\` of 16.14 and 18.4 on ${DATE}, in builds without lz4 and liburing:

- PGTune: refused, with \`invalid value for parameter "wal_compression": "lz4"\` (which it writes from 15 on) and on 18 also
  \`invalid value for parameter "io_method": "io_uring"\`. Its page says which build options these need.
- timescaledb-tune: refused, with \`invalid value for parameter "default_toast_compression": "lz4"\` (written from 14 on).
- pgconfig and ours: accepted, as are the others without these lines.

Debian's packages have lz4; \`configure\` leaves out both libraries unless it is asked for them. The kernel can refuse
io_uring as well (\`kernel.io_uring_disabled\`, the seccomp profile of most containers). On another host, not among these,
pgconfig gives a value that no server takes: work_mem = 35kB for a desktop with 512MB and 300 connections, below the minimum of 64kB.`;

function section({ title, tools }: ComparedHost, index: number): string {
  const names = [...new Set(tools.flatMap(({ conf }) => [...conf.set.keys()]))];
  const differing = names.filter((name) => new Set(tools.map((judged) => baseOf(judged, name))).size > 1);
  const unexplained = differing.filter((name) => !(name in REASONS));
  if (unexplained.length > 0)
    throw new Error(`compared-reasons.ts does not explain ${unexplained.join(", ")}`);
  const rows = Object.keys(REASONS)
    .filter((name) => differing.includes(name))
    .map((name) => row([`[${name}](#${name})`, ...tools.map((judged) => cell(judged, name))]));
  const level = (words: string, key: "worst" | "likely") =>
    row([
      `**memory ${words}**`,
      ...tools.map((judged) => {
        const { taken } = judged.proof.budget[key];
        return `${roughBytes(taken)}, ${percent(judged, taken)}`;
      }),
    ]);
  const over = tools.filter(({ proof }) => !proof.budget.worst.fits).map(sum);
  return [
    `<a id="host-${index + 1}"></a>\n\n## ${index + 1}. ${title}`,
    [
      row(["", ...tools.map(({ tool }) => tool)]),
      row(["---", ...tools.map(() => "---")]),
      ...rows,
      level("at worst", "worst"),
      level("likely", "likely"),
    ].join("\n"),
    ...(over.length > 0 ? [`The sums of those that are over:\n\n${over.join("\n")}`] : []),
  ].join("\n\n");
}

function sum({ tool, proof }: Judged): string {
  const { worst, usable } = proof.budget;
  return `- ${tool}: ${budgetSum(proof)} = ${roughBytes(worst.taken)} of ${roughBytes(usable)}`;
}

const baseOf = ({ conf }: Judged, name: string): string | undefined => conf.known(name)?.base;

function cell(judged: Judged, name: string): string {
  const { conf } = judged;
  const setting = conf.known(name);
  if (!setting) return "";
  const written = setting.item?.entry.value;
  // -1 stands for something else, not for a size.
  const standing = Number(setting.value) < 0 ? setting.base : valueText(conf, setting);
  return written === undefined
    ? `(${standing})`
    : `${written.replace("*", "\\*")} ${markOf(judged, name)}`.trim();
}

function markOf({ conf }: Judged, name: string): string {
  const line = `${name} = ${conf.set.get(name)?.item?.entry.value}`;
  return NEEDS[line] ?? BEYOND_TUNING[line] ?? "";
}

function reasons(): string {
  const paragraphs = Object.entries(REASONS).map(([name, text]) => `### ${name}\n\n${text}`);
  return `## Why they differ\n\nBy setting, once for all hosts. Our own formulas, with what was measured and what is judgement: [Sizing](decisions/0008-sizing.md).\n\n${paragraphs.join("\n\n")}`;
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
