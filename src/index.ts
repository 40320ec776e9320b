export { effectiveSettings, type SettingInEffect } from "./api/effective-settings.ts";
export { type LintInput, lint } from "./api/lint.ts";
export { type HbaInput, type HbaReading, type HbaRow, type IdentRow, readHba } from "./api/read-hba.ts";
export type { ServerWords } from "./cluster/problems.ts";
export { TargetError } from "./cluster/target.ts";
export type { Finding, Fix, Report } from "./engine/report.ts";
export type { Apply, Severity } from "./engine/rule.ts";
export type { FileInput } from "./text/source.ts";
