import { defineRule } from "../../engine/rule.ts";
import { replaceValue } from "../support/replace-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/fsync-off",
  title: "fsync = off: a crash of the host can destroy the whole cluster",
  severity: "error",
  controls: ["G01"],
  docs: () => ({
    why: "Without fsync nothing makes WAL and data files reach the disk, or reach it in order. After a power cut, a kernel panic or a killed virtual machine the files contradict each other, and no tool puts them right: what remains is the last backup. Nobody notices before that day.",
    fix: "Remove the line, or write `fsync = on`. Where commits are too slow, `synchronous_commit = off` brings most of the speed, and risks the last moments before a crash instead of everything.",
    traps:
      "Switching it on again does not bring the pages to disk that were written before: run `initdb --sync-only`, or stop the server and call `sync`, before you rely on it. A crash of the server alone, without the host, does no harm.",
    leave:
      "On a server that is thrown away: CI, or a load of data that starts again from nothing if it fails.",
    see: [settingDocs("wal", "fsync"), pgDocs("non-durability")],
  }),
  *check({ conf }) {
    const fsync = conf?.known("fsync");
    if (fsync?.value === false)
      yield* replaceValue(
        fsync,
        "on",
        "fsync = off: a power cut or a crash of the host can leave the whole cluster beyond repair.",
      );
  },
});
