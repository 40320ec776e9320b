import { parseArgs } from "node:util";
import { BenchError } from "./error.ts";
import { MEASURES } from "./measure/names.ts";
import { SUSTAINED, WORKLOADS } from "./workloads.ts";

export const HELP = `npm run bench:server [-- OPTIONS]           compares configurations on a real server
npm run bench:server -- measure [${MEASURES.join("|")}]
npm run bench:server -- page              writes docs/benchmark.md from the recorded numbers

  --rounds N           of each workload (5)
  --seconds N          of each pgbench run (10); sustained-update takes ${SUSTAINED} times as long
  --memory, --cpus, --disk   the host that the values are computed for (4GB, 2, ssd)
  --connections N      for web and oltp (100); dw has 40
  --noise N            repeats a run, once, when other programs kept more processors busy (0.3)
  --only LIST          of ${WORKLOADS.map(({ name }) => name).join(", ")}
  --sizes LIST         of under, over: the data against shared_buffers
  --scale A,B          of pgbench, under and over
  --sales A,B          millions of rows of the analytical set, under and over
  --also NAME=FILE     another configuration, as lines of NAME = VALUE; may be repeated
  --without LIST       configurations to leave out
  --subject NAME       the configuration that the others are compared with (pgconflint)
  --record             keeps the numbers in docs/benchmark/, and writes docs/benchmark.md`;

function parsed() {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      help: { type: "boolean", default: false },
      rounds: { type: "string", default: "5" },
      seconds: { type: "string", default: "10" },
      memory: { type: "string", default: "4GB" },
      cpus: { type: "string", default: "2" },
      disk: { type: "string", default: "ssd" },
      connections: { type: "string", default: "100" },
      noise: { type: "string", default: "0.3" },
      only: { type: "string" },
      sizes: { type: "string", default: "under,over" },
      scale: { type: "string", default: "35,140" },
      sales: { type: "string", default: "1.5,5" },
      also: { type: "string", multiple: true, default: [] },
      without: { type: "string" },
      subject: { type: "string", default: "pgconflint" },
      record: { type: "boolean", default: false },
    },
  });
  return { ...values, positionals };
}

export function readFlags() {
  try {
    return parsed();
  } catch (error) {
    // Its messages are made for people: "Unknown option '--round'".
    if (error instanceof TypeError) throw new BenchError(error.message);
    throw error;
  }
}

export type Flags = ReturnType<typeof readFlags>;
