/** What the sizing counts with, and what can be measured of it. */
export const MEASURES = ["shared-memory", "backend", "query", "recovery"] as const;
