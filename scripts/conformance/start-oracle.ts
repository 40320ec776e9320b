import { initdb } from "../servers/cluster.ts";
import type { Release } from "../servers/releases.ts";
import { GUARDS, messagesOf, notesOf } from "./conf-oracle.ts";
import type { Probe, Verdict } from "./probe.ts";

/** Asks real starts: what only shows once libraries, sockets and memory are there, after the files are read. */
export async function openStart(release: Release) {
  const data = await initdb(release);
  return {
    async judge({ text }: Probe): Promise<Verdict> {
      data.write("postgresql.conf", text);
      const guards = Object.entries(GUARDS).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
      const run = await data.tryStart([...guards, ...socketsFor(text)]);
      const messages = messagesOf(run.log, data.path).filter((message) => !PROGRESS.test(message));
      return {
        accepts: run.started,
        messages: run.started ? [] : messages,
        ...(!run.started && notesOf(run.log)),
      };
    },
    close: async () => data.remove(),
  };

  /** Where a text does not say where to listen, nothing does but a Unix socket in the data directory. */
  function socketsFor(text: string): string[] {
    const port = ["-p", String(5400 + release.major)];
    const names = { listen_addresses: "", unix_socket_directories: data.path };
    const unsaid = Object.entries(names).filter(([name]) => !new RegExp(`^${name}\\b`, "m").test(text));
    return [...port, ...unsaid.flatMap(([name, value]) => ["-c", `${name}=${value}`])];
  }
}

/** What any start tells on its way. */
const PROGRESS =
  /^(?:starting |listening on |database system |redirecting |ending log output|could not bind)/;
