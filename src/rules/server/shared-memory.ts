import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { settingDocs } from "../support/sources.ts";
import { refusesStart } from "../support/start.ts";
import { readable } from "../support/values.ts";

/** More than most hosts have; in blocks of 8 kB. */
const LARGE = (64 * 1024 ** 3) / 8192;

export default defineRule({
  id: "server/shared-memory",
  title: "more shared memory than most hosts have",
  severity: "info",
  docs: () => ({
    why: "The server asks the kernel for all of its shared memory at once when it starts. On a host without as much memory it does not start, and a file that was written for a large host keeps a smaller one, a test server or a new standby, down.",
    fix: "Keep it where the host has the memory; a quarter of it is the usual share for shared_buffers.",
    see: [settingDocs("resource", "shared_buffers")],
  }),
  *check({ conf, host }) {
    const buffers = conf?.known("shared_buffers");
    const place = buffers && placeOf(buffers);
    // With the host known, memory/shared-buffers-large says what it has.
    if (!conf || !place || Number(buffers.value) <= LARGE || host.memory) return;
    const size = readable(buffers.setting, Number(buffers.value), conf.version);
    yield {
      place,
      message: `shared_buffers = ${size} is taken at the start; a host with less memory than that refuses.`,
      setting: "shared_buffers",
      current: size,
      apply: "restart",
      server: refusesStart("could not map anonymous shared memory: Cannot allocate memory"),
    };
  },
});
