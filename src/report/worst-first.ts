import type { Finding } from "../engine/report.ts";
import { SEVERITIES } from "../engine/rule.ts";

/** For places that show the first few only: errors first, and of them those that keep the server down. */
export const worstFirst = (findings: readonly Finding[]): readonly Finding[] =>
  findings.toSorted((one, other) => rank(one) - rank(other));

const rank = ({ severity, server }: Finding) =>
  2 * SEVERITIES.indexOf(severity) + (server?.effect === "refuses" ? 0 : 1);
