import manifest from "../../package.json" with { type: "json" };

export const TOOL = { name: "pgconflint", version: manifest.version } as const;
