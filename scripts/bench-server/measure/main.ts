import { type Release, server } from "../../servers/releases.ts";
import { chosen } from "../choice.ts";
import { writeMeasured } from "../numbers.ts";
import { aligned } from "../table.ts";
import { measureBackends } from "./backend.ts";
import { MEASURES } from "./names.ts";
import { measureQueries } from "./query.ts";
import { measureRecovery } from "./recovery.ts";
import { checkSharedMemory } from "./shared-memory.ts";

const MB = 1024 * 1024;
const megabytes = (bytes: number) => (bytes / MB).toFixed(bytes < 10 * MB ? 2 : 0);

/** Measures what the sizing counts with; without names, all of it. */
export async function measure(release: Release, names: readonly string[], record: boolean): Promise<void> {
  const wanted = names.length === 0 ? MEASURES : chosen("measure", names, MEASURES);
  for (const name of wanted) {
    console.log(`\n${name}, ${release.title}`);
    const rows = await MEASURE[name](release);
    console.log(aligned(rows));
    if (record) writeMeasured(name, { date: new Date().toISOString().slice(0, 10), rows });
  }
}

const MEASURE: Readonly<Record<(typeof MEASURES)[number], (release: Release) => Promise<string[][]>>> = {
  async "shared-memory"() {
    const releases = await Promise.all([15, 16, 17, 18].map(server));
    return checkSharedMemory(releases);
  },
  async backend(release) {
    const found = await measureBackends(release);
    return [
      ["shared_buffers", "huge pages", "state", "private MB", "page tables MB"],
      ...found.map((one) => [
        one.sharedBuffers,
        one.hugePages ? "yes" : "no",
        one.state,
        megabytes(one.private),
        megabytes(one.pageTables),
      ]),
    ];
  },
  async query(release) {
    const found = await measureQueries(release);
    return [
      ["operation", "setting MB", "allowed MB", "peak MB", "peak / allowed"],
      ...found.map(({ operation, workMem, allowed, peak }) => [
        operation,
        megabytes(workMem),
        megabytes(allowed),
        megabytes(peak),
        (peak / allowed).toFixed(2),
      ]),
    ];
  },
  async recovery(release) {
    const found = await measureRecovery(release);
    return [
      ["scale", "shared_buffers", "full_page_writes", "WAL MB", "seconds", "MB/s"],
      ...found.map(({ scale, sharedBuffers, fullPageWrites, walBytes, seconds }) => [
        String(scale),
        sharedBuffers,
        fullPageWrites ? "on" : "off",
        megabytes(walBytes),
        seconds.toFixed(1),
        (walBytes / MB / seconds).toFixed(0),
      ]),
    ];
  },
};
