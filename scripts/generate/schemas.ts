// Writes into docs/*.schema.json what they say of the host and the workload, from the tables of src/host.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { FACTS } from "../../src/host/facts.ts";
import { type FactKind, spelled } from "../../src/host/kinds.ts";
import { WORKLOAD_FACTS } from "../../src/host/workload.ts";
import { root, write } from "./output.ts";

type Kinds = Readonly<Record<string, FactKind<unknown>>>;

/** As pgconflint.ini has them: words. */
const inIni = (kinds: Kinds) =>
  Object.fromEntries(
    Object.entries(kinds).map(([name, { describe, pattern, choices }]) => [
      spelled(name, "_"),
      {
        description: `${describe[0]?.toUpperCase()}${describe.slice(1)}.`,
        type: "string",
        ...(choices ? { enum: choices } : { pattern }),
      },
    ]),
  );

/** As a report has them: values. */
const asValue = ({ type, choices }: FactKind<unknown>) => {
  if (type === "string" && choices) return { enum: choices };
  return type === "number" ? { type, minimum: 0 } : { type };
};
const withOrigin = (kind: FactKind<unknown>) => ({
  type: "object",
  required: ["value", "from"],
  additionalProperties: false,
  properties: { value: asValue(kind), from: { type: "string" } },
});
const mapped = (kinds: Kinds, as: (kind: FactKind<unknown>) => object) =>
  Object.fromEntries(Object.entries(kinds).map(([name, kind]) => [name, as(kind)]));

interface Section {
  properties: Record<string, unknown>;
}
interface Ini {
  readonly properties: { readonly host: Section; readonly workload: Section };
}
interface Report {
  readonly properties: { readonly target: Ini };
}

interface ReportSchema {
  readonly $schema: string;
  readonly $id: string;
  readonly required: readonly string[];
  readonly properties: Readonly<Record<string, unknown>>;
  readonly definitions: unknown;
}

function rewrite<Schema>(path: string, change: (schema: Schema) => void): void {
  const schema: Schema = JSON.parse(readFileSync(join(root, path), "utf8"));
  change(schema);
  write(path, `${JSON.stringify(schema, null, 2)}\n`);
}

rewrite<Ini>("docs/pgconflint.schema.json", ({ properties: { host, workload } }) => {
  host.properties = inIni(FACTS);
  workload.properties = { ...inIni(WORKLOAD_FACTS), superusers: workload.properties.superusers };
});
rewrite<Report>("docs/report.schema.json", ({ properties: { target } }) => {
  target.properties.host.properties = mapped(FACTS, withOrigin);
  target.properties.workload.properties = mapped(WORKLOAD_FACTS, asValue);
});

/** One server a line: a report with a name, or why there is none; then the sum. */
function lines(): object {
  const { $schema, $id, required, properties, definitions }: ReportSchema = JSON.parse(
    readFileSync(join(root, "docs/report.schema.json"), "utf8"),
  );
  const { schema, summary, suppressed } = properties;
  const count = { type: "integer", minimum: 0 };
  const server = {
    description: "The directory of its main file; of a file on its own, the file.",
    type: "string",
  };
  const object = (title: string, its: Readonly<Record<string, unknown>>) => ({
    title,
    type: "object",
    required: Object.keys(its),
    additionalProperties: false,
    properties: its,
  });
  return {
    $schema,
    $id: $id.replace("report", "report-lines"),
    title: "A line of --format json-lines",
    oneOf: [
      {
        ...object("The report of one server", { schema, server, ...properties }),
        required: ["server", ...required],
      },
      object("A server that could not be judged", { schema, server, error: { type: "string" } }),
      object("The last line; without it, the others are not all", {
        schema,
        total: object("All servers", {
          servers: count,
          notChecked: count,
          files: count,
          findings: count,
          suppressed,
          summary,
        }),
      }),
    ],
    definitions,
  };
}

write("docs/report-lines.schema.json", `${JSON.stringify(lines(), null, 2)}\n`);
