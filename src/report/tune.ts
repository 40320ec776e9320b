import { alterSystem } from "./tune/alter-system.ts";
import { conf } from "./tune/conf.ts";
import { json } from "./tune/json.ts";
import { text } from "./tune/text.ts";
import type { TuneFormat } from "./tune/tune-report.ts";
import { cnpg, patroni } from "./tune/yaml.ts";

export { adviceNamed, adviceNames, explanation } from "./tune/explain.ts";

/** How `tune` prints a configuration. */
export const tuneFormats = {
  conf,
  text,
  json,
  "alter-system": alterSystem,
  patroni,
  cnpg,
} satisfies Readonly<Record<string, TuneFormat>>;
