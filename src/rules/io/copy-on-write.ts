import { defineRule } from "../../engine/rule.ts";
import { settingDocs } from "../support/sources.ts";
import { draftAbout, statement } from "../support/tuning.ts";

const COPY_ON_WRITE = ["zfs", "btrfs"];
const SETTINGS = ["wal_init_zero", "wal_recycle"];

export default defineRule({
  id: "io/copy-on-write",
  title: "files of the log are filled with zeros and reused on a copy-on-write file system",
  severity: "info",
  controls: ["G13"],
  versions: { postgres: ">=12" },
  docs: () => ({
    why: "The server writes new files of the log full of zeros and renames old ones for reuse, so that their blocks are there when they are needed. ZFS and btrfs write every block to a new place anyway: the zeros are wasted, and reading an old file in order to overwrite it makes things slower.",
    fix: "Write `wal_init_zero = off` and `wal_recycle = off`. A reload is enough.",
    traps: "They matter for the file system of pg_wal, which may be another one than that of the data.",
    leave: "Leave it where pg_wal is on an ordinary file system.",
    see: SETTINGS.map((name) => settingDocs("wal", name)),
  }),
  *check({ conf, host }) {
    const filesystem = host.filesystem?.value;
    if (!conf || filesystem === undefined || !COPY_ON_WRITE.includes(filesystem)) return;
    for (const name of SETTINGS) {
      const setting = conf.known(name);
      if (setting?.value === true)
        yield {
          ...draftAbout(
            conf,
            setting,
            `${statement(conf, setting)}, which gains nothing on ${filesystem}.`,
            "off",
          ),
          ...(host.walDisk && { confidence: "low" as const }),
        };
    }
  },
});
