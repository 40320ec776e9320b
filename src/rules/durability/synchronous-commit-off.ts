import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { replaceValue } from "../support/replace-value.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "durability/synchronous-commit-off",
  title: "commits that are not waited for, for everybody",
  severity: "warning",
  controls: ["G03"],
  docs: () => ({
    why: "With synchronous_commit = off a client is told that its transaction is committed before the WAL is on disk: a crash takes the last moments back, up to three times wal_writer_delay. With off or local and synchronous_standby_names set, commits do not wait for the standbys either, so that a failover can lose what the standbys were there to keep.",
    fix: "Leave it on in the file, and turn it off where the loss does not matter: `ALTER ROLE importer SET synchronous_commit = off`, or `SET LOCAL` in the transaction.",
    traps:
      "It is not fsync: the cluster stays whole, only the newest commits are missing. `local` without synchronous standbys is the same as on.",
    leave:
      "Where everything that is written can be written again (a cache, counters, a queue that is replayed) and the clients know.",
    see: [settingDocs("wal", "synchronous_commit"), pgDocs("wal-async-commit")],
  }),
  *check({ conf }) {
    const commit = conf?.known("synchronous_commit");
    const standbys = conf?.known("synchronous_standby_names");
    const awaited = Boolean(standbys?.base);
    if (!conf || !commit || !(commit.base === "off" || (commit.base === "local" && awaited))) return;
    const delay = conf.known("wal_writer_delay");
    const span = delay ? `${Number(delay.value) * 3} ms` : "moments";
    const loss = `commits of the last ${span} can be lost in a crash`;
    const waits = `commits do not wait for synchronous_standby_names = '${standbys?.base}'`;
    const costs = commit.base === "off" ? [loss, ...(awaited ? [waits] : [])] : [waits];
    yield* replaceValue(commit, "on", `synchronous_commit = ${commit.base}: ${costs.join(", and ")}.`, {
      related: awaited ? related(standbys, "are not waited for") : [],
    });
  },
});
