import type { Client } from "../servers/client.ts";
import type { DataDirectory } from "../servers/cluster.ts";
import type { Fact } from "./facts.ts";

// Words that some enum has had in some release, besides those that the servers list.
const EXTRA_WORDS = [
  ...["true", "false", "yes", "no", "1", "0", "on", "off", "t", "f", "y", "n", ""],
  ...["archive", "hot_standby", "debug", "info", "fatal", "panic", "none", "default", "auto", "always"],
  ...["md5", "scram", "plain", "lz4", "zstd", "pglz", "io_uring", "windows", "mmap", "clone", "postgres"],
  ...["fsync_writethrough", "flush", "apply", "remote_flush", "partition", "regress", "try", "safe_encoding"],
  ...["serializable", "read committed", "TLSv1", "TLSv1.3", "iso_8601", "content", "base64", "stderr"],
];

// What a file says must not keep the server from printing why it refuses another line of it.
const PLAIN_LOG = ["log_min_messages=log", "log_destination=stderr", "logging_collector=off"];

/**
 * The words that an enum reports under another: those that are accepted but not listed, and listed ones
 * with the meaning of an earlier one.
 */
export async function synonyms(
  directory: DataDirectory,
  facts: readonly Fact[],
): Promise<ReadonlyMap<string, Readonly<Record<string, string>>>> {
  const enums = facts.filter(isEnumOfFiles);
  const words = new Set([...EXTRA_WORDS, ...enums.flatMap(({ values }) => values)]);
  const found = new Map<string, Record<string, string>>();
  for (const word of words)
    for (const { name, values } of await accepting(directory, enums, word)) {
      const reported = await reportedFor(directory, name, word);
      if (reported === word && values.includes(word)) continue;
      found.set(name, { ...found.get(name), [word]: reported });
    }
  return found;
}

/** The same of one enum of a module that the session has loaded. */
export async function sessionSynonyms(
  client: Client,
  { name, type, values }: Fact,
): Promise<Readonly<Record<string, string>>> {
  const found: Record<string, string> = {};
  for (const word of type === "enum" ? new Set([...EXTRA_WORDS, ...values]) : []) {
    const { rows, error } = await client.ask(`SELECT set_config('${name}', '${word}', false) AS reported`);
    const reported = rows[0]?.reported;
    if (error || !reported || (reported === word && values.includes(word))) continue;
    found[word] = reported;
  }
  return found;
}

// A module's parameter is a mere text until the module is loaded; the others keep the value that they have.
function isEnumOfFiles({ type, module, context, flags }: Fact): boolean {
  return type === "enum" && !module && context !== "internal" && !flags.includes("DISALLOW_IN_FILE");
}

/** The settings that take the word: one file gives it to all of them, and the server names those that refuse. */
async function accepting(directory: DataDirectory, enums: readonly Fact[], word: string) {
  directory.write("postgresql.conf", enums.map(({ name }) => `${name} = '${word}'\n`).join(""));
  const { stderr } = await directory.describe(
    "port",
    PLAIN_LOG.flatMap((option) => ["-c", option]),
  );
  const refused = new Set(
    Array.from(stderr.matchAll(/invalid value for parameter "(.+?)":/g), ([, name]) => name),
  );
  return enums.filter(({ name }) => !refused.has(name));
}

async function reportedFor(directory: DataDirectory, name: string, word: string): Promise<string> {
  directory.write("postgresql.conf", `${name} = '${word}'\n`);
  const { code, stdout, stderr } = await directory.describe(name);
  if (code !== 0) throw new Error(`${name} = '${word}' is refused after all: ${stderr}`);
  return stdout.replace(/\n$/, "");
}
