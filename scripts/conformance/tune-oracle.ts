import { initdb } from "../servers/cluster.ts";
import type { Release } from "../servers/releases.ts";
import { GUARDS, messagesOf } from "./conf-oracle.ts";
import type { Answer } from "./tune-claims.ts";
import { type GridPoint, words } from "./tune-grid.ts";

const MB = 1024 ** 2;
/** The server rounds up to whole MB, and we know its structures to within one or two. */
const NEAR = 4 * MB;
/** Since then `postgres -C shared_memory_size` works out the whole, and checks settings against each other on the way. */
const TELLS_SIZE = 15;

/** Asks a real server whether it takes what tune() wrote, and how much shared memory it makes of it. */
export async function openTuned(release: Release) {
  const data = await initdb(release);
  // Libraries of extensions are not there; what they change in our values does not depend on loading them.
  const guards = Object.entries({ ...GUARDS, shared_preload_libraries: "", huge_pages: "off" });
  const options = guards.flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  return {
    async wrong({ point, tuning, text }: Answer): Promise<string[]> {
      data.write("postgresql.conf", text);
      const asked = release.major >= TELLS_SIZE ? "shared_memory_size" : "shared_buffers";
      const run = await data.describe(asked, options);
      const said = messagesOf(run.stderr, data.path);
      if (run.code !== 0 || said.length > 0) return [`${words(point)}: refused: ${said.join("; ")}`];
      if (release.major < TELLS_SIZE) return [];
      const real = Number(run.stdout) * MB;
      const ours = tuning.budget.parts.find(({ name }) => name === "shared memory")?.worst ?? 0;
      return Math.abs(ours - real) <= NEAR
        ? []
        : [`${words(point)}: ${Math.round(ours / MB)}MB of shared memory, really ${real / MB}MB`];
    },
    /** A real start: what the server checks only then. For small hosts, as it takes the memory. */
    async start(answer: Answer): Promise<string[]> {
      data.write("postgresql.conf", answer.text);
      const run = await data.tryStart([
        ...[...options, "-c", "listen_addresses=", "-c", `unix_socket_directories=${data.path}`],
      ]);
      return run.started ? [] : [`${words(answer.point)}: did not start: ${run.log}`];
    },
    close: () => data.remove(),
  };
}

/** What a server checks against each other, or adds up to one size of shared memory; anything else it checks by itself. */
const TOGETHER = [
  ...["max_connections", "max_worker_processes", "max_wal_senders", "autovacuum_max_workers"],
  ...["max_locks_per_transaction", "max_prepared_transactions", "shared_buffers", "wal_buffers"],
];

/**
 * Which answers have to be shown to a server: a check hook sees one setting, so that each value has to be tried once,
 * and every combination of those that meet in a sum or a comparison.
 */
export class Fresh {
  readonly #seen = new Set<string>();

  has({ text }: Answer): boolean {
    const lines = text.split("\n").map((line) => line.replace(/\s*#.*/, ""));
    const together = lines.filter((line) => TOGETHER.some((name) => line.startsWith(`${name} =`)));
    const fresh = [...lines, together.sort().join()].filter((part) => !this.#seen.has(part));
    for (const part of fresh) this.#seen.add(part);
    return fresh.length > 0;
  }
}

/** A host that this machine can be, for a real start. */
export const isSmall = ({ host, connections }: GridPoint): boolean =>
  host.memory <= 1024 * MB && (connections ?? 0) <= 300;
