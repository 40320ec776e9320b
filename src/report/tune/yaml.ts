import type { TunedSetting } from "../../api/tune-files.ts";
import { linesOf } from "../wrap.ts";
import { commented } from "./lines.ts";
import { factLines, inGroups, others, POOLER, proofTable, SYSTEM } from "./parts.ts";
import type { TuneFormat, TuneReport } from "./tune-report.ts";

const WIDTH = 98;

/** For `patronictl edit-config --apply`. */
export const patroni: TuneFormat = (report) =>
  [
    head(report),
    `postgresql:\n  parameters:\n${parameters(report.tuning.settings, 4, plain)}`,
    ...[
      ...others(SYSTEM, report.tuning.kernel),
      ...others(POOLER, report.tuning.pooler),
      proofTable(report),
    ].map(commented),
  ].join("\n");

/** The operator keeps these to itself, and refuses a cluster that has them. */
const REFUSED: ReadonlySet<string> = new Set(["huge_pages"]);
/** Set by the pod, which mounts a /dev/shm as large as its memory. */
const OF_THE_POD: ReadonlySet<string> = new Set(["/dev/shm"]);

/** For a Cluster of CloudNativePG, whose parameters are strings without exception. */
export const cnpg: TuneFormat = (report) => {
  const { settings, kernel, pooler } = report.tuning;
  const left = settings.filter(({ name }) => !REFUSED.has(name));
  return [
    head(report),
    `spec:\n  postgresql:\n    parameters:\n${parameters(left, 6, quoted)}`,
    "# The operator refuses huge_pages; a pod whose resources have hugepages-2Mi uses them.\n",
    ...[
      ...others(
        SYSTEM,
        kernel.filter(({ name }) => !OF_THE_POD.has(name)),
      ),
      ...others("Of a Pooler: spec.pgbouncer.parameters", pooler),
      proofTable(report),
    ].map(commented),
  ].join("\n");
};

const head = (report: TuneReport): string =>
  `# Sized by ${report.tool.name} tune for\n${commented(factLines(report))}`;

/** Every value that YAML could take for something else, such as off, is in quotes. */
const plain = (value: string): string => (/^\d+(?:\.\d+)?$/.test(value) ? value : quoted(value));
const quoted = (value: string): string => JSON.stringify(value);

function parameters(
  settings: readonly TunedSetting[],
  depth: number,
  write: (value: string) => string,
): string {
  const indent = " ".repeat(depth);
  const entry = ({ name, value, reason, apply }: TunedSetting) => {
    const words = apply === "restart" ? `${reason} (restart)` : reason;
    const remark = linesOf(words, WIDTH - depth).map((line) => `${indent}# ${line}\n`);
    return `${remark.join("")}${indent}${name}: ${write(value)}\n`;
  };
  return inGroups(settings)
    .map(([, members]) => members.map(entry).join(""))
    .join("\n");
}
