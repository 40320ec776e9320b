import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { DataDirectory, Running } from "../servers/cluster.ts";
import { sessionSynonyms } from "./enums.ts";
import { type Fact, factOf, settingRows } from "./facts.ts";
import { UNLOADABLE_SETTINGS } from "./known.ts";

// Not PostgreSQL's: a debugger that one of the packages carries along.
const FOREIGN = ["plugin_debugger"];

/** The settings of the loadable modules that come with the server, each module preloaded alone. */
export async function moduleFacts(
  directory: DataDirectory,
  known: ReadonlySet<string>,
): Promise<readonly Fact[]> {
  const facts: Fact[] = [...UNLOADABLE_SETTINGS];
  for (const module of modulesWithSettings(directory.release.modules))
    facts.push(...(await preloaded(directory, module, known)));
  return facts;
}

function modulesWithSettings(folder: string): string[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith(".so") && readFileSync(join(folder, file)).includes("DefineCustom"))
    .map((file) => file.slice(0, -".so".length))
    .filter((module) => !FOREIGN.includes(module))
    .sort();
}

async function preloaded(
  directory: DataDirectory,
  module: string,
  known: ReadonlySet<string>,
): Promise<readonly Fact[]> {
  const running = await startWith(directory, module);
  if (!running) return [];
  const client = await running.connect();
  try {
    const rows = await settingRows(client, directory.release.major);
    const facts = rows
      .filter(({ name }) => name?.includes(".") && !known.has(name))
      .map((row) => factOf(row, module, new Map()));
    const complete: Fact[] = [];
    for (const fact of facts) complete.push({ ...fact, hidden: await sessionSynonyms(client, fact) });
    return complete;
  } finally {
    client.close();
    await running.stop();
  }
}

/** Null where the module cannot be loaded: it wants a library that is not here, or it is a newer release's. */
async function startWith(directory: DataDirectory, module: string): Promise<Running | null> {
  try {
    return await directory.start(["-c", `shared_preload_libraries=${module}`]);
  } catch (problem) {
    if (/could not load library/.test(String(problem))) return null;
    throw problem;
  }
}
