import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, resolve } from "node:path";

export type Kind = "postgresql.conf" | "pg_hba.conf" | "pg_ident.conf" | "pgbouncer.ini" | "userlist.txt";
export const KINDS: readonly [Kind, ...Kind[]] = [
  "postgresql.conf",
  "pg_hba.conf",
  "pg_ident.conf",
  "pgbouncer.ini",
  "userlist.txt",
];

const folder = join(resolve(process.cwd()), "fixtures");
const MOST = 8000;

/** The fixtures, to be changed: each file by its name, else by what it looks like. */
export function readSeeds(): Readonly<Record<Kind, readonly string[]>> {
  const seeds: Record<Kind, string[]> = {
    "postgresql.conf": [],
    "pg_hba.conf": [],
    "pg_ident.conf": [],
    "pgbouncer.ini": [],
    "userlist.txt": [],
  };
  for (const file of readdirSync(folder, { recursive: true, encoding: "utf8" }).sort()) {
    const path = join(folder, file);
    if (/^(?:fuzz|verdicts|hosts|reports)\b/.test(file) || !statSync(path).isFile()) continue;
    const kind =
      KINDS.find((name) => file.endsWith(name)) ?? (/\.conf$/.test(file) ? "postgresql.conf" : undefined);
    const text = kind && readFileSync(path, "utf8");
    if (text && text.length < MOST) seeds[kind].push(text);
  }
  return seeds;
}
