import { defineRule } from "../../engine/rule.ts";
import { placeOf } from "../support/conf.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";
import { draftAbout } from "../support/tuning.ts";

const BUILT_WITH: Readonly<Record<string, string>> = {
  lz4: "--with-lz4",
  zstd: "--with-zstd",
  io_uring: "--with-liburing",
};
const CONTAINERS = ["docker", "kubernetes", "cnpg"];

export default defineRule({
  id: "io/build-option",
  title: "a value that only some builds of the server have",
  severity: "info",
  versions: { postgres: ">=14" },
  docs: () => ({
    why: "lz4, zstd and io_uring exist only where the server was compiled with them. The packages of PGDG, Debian and Red Hat are; slim images, builds from source and some vendors' are not, and such a server does not start, or refuses the reload. io_uring needs the kernel's consent as well: container runtimes block its system calls, and kernel.io_uring_disabled or a low limit for locked memory stop it.",
    fix: "Ask the server that it is for: `SELECT enumvals FROM pg_settings WHERE name = 'wal_compression'`. If in doubt, write pglz, or worker for io_method.",
    traps: "The same file goes to standbys and test servers, which may run another build.",
    leave: "Leave it where all servers of the file come from the same packages and have started with it.",
    see: [
      settingDocs("wal", "wal_compression"),
      settingDocs("client", "default_toast_compression"),
      settingDocs("resource", "io_method"),
      pgDocs("install-make"),
    ],
  }),
  *check({ conf, target }) {
    if (!conf) return;
    for (const setting of conf.set.values()) {
      const value = String(setting.value);
      if (!placeOf(setting) || !setting.setting.buildValues.includes(value)) continue;
      const option = BUILT_WITH[value];
      const blocked = value === "io_uring" && CONTAINERS.includes(target.platform);
      const { name } = setting.setting;
      const needs = option === undefined ? "a build that has it" : `a server that was built ${option}`;
      const also = blocked ? ", and container runtimes block it by default" : "";
      yield {
        ...draftAbout(conf, setting, `${name} = ${value} needs ${needs}${also}; any other does not start.`),
        ...(blocked
          ? { severity: "warning" as const, confidence: "medium" as const }
          : { confidence: "low" as const }),
      };
    }
  },
});
