import { answers } from "./answers.ts";
import { commandLine } from "./command-line.ts";
import { readers } from "./readers.ts";
import { reports } from "./reports.ts";
import type { Target } from "./target.ts";

export const targets: readonly Target[] = [...readers, ...reports, ...answers, ...commandLine];
