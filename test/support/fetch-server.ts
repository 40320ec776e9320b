import { server } from "../../scripts/servers/releases.ts";
import { NEWEST } from "../../src/catalog/version.ts";

/** Before the first test: the newest server, from npm. Where it cannot be had, its tests are skipped, and this says so. */
export default async function fetchServer(): Promise<void> {
  try {
    await server(NEWEST);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    console.warn(`No tests against a running PostgreSQL ${NEWEST}: ${reason}`);
  }
}
