import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { line, median } from "./measure.ts";
import { SMALL_CONF } from "./small-conf.ts";

/** Many servers in one process. */
export async function throughput(folder: string): Promise<void> {
  const tree = join(folder, "tree");
  for (let at = 0; at < 1000; at++) {
    const directory = join(tree, `server-${at}`);
    mkdirSync(directory, { recursive: true });
    writeFileSync(
      join(directory, "postgresql.conf"),
      SMALL_CONF.replace("max_connections = 200", `max_connections = ${100 + at}`),
    );
  }
  const { check } = await import("../../src/cli/check.ts");
  const io = {
    stdout() {},
    stderr() {},
    stdin: () => new Uint8Array(),
    env: {},
    cwd: folder,
    isTerminal: () => false,
  };
  const once = async () => {
    const started = performance.now();
    await check({ command: "check", paths: ["tree"], flags: { format: ["json"] } }, io);
    return 1000 / ((performance.now() - started) / 1000);
  };
  await once();
  const rates = [await once(), await once(), await once()];
  line("1,000 configurations in a directory, one process", `${median(rates).toFixed(0)} a second`);
}
