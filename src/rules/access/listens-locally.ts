import type { Conf } from "../../cluster/conf.ts";
import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf } from "../support/conf.ts";
import { addressText, isRemoteReach, writtenLines } from "../support/hba-lines.ts";
import { listensOn } from "../support/reach.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/listens-locally",
  title: "records for the network on a server that listens to its own machine only",
  severity: "info",
  controls: ["U06"],
  docs: () => ({
    why: "listen_addresses comes before pg_hba.conf: clients elsewhere get connection refused, whatever the records say. And the records wait for the day that somebody opens listen_addresses for another reason.",
    fix: "Set listen_addresses to the server's address in the clients' network (or *), or remove the records.",
    traps: "It needs a restart. Docker's images, Patroni and operators set it on the server's command line.",
    leave: "Where it is set outside of the files; then say so with --platform.",
    see: [settingDocs("connection", "listen_addresses"), pgDocs("auth-pg-hba-conf")],
  }),
  *check(cluster) {
    const { conf } = cluster;
    const setting = conf?.known("listen_addresses");
    const listens = listensOn(conf);
    if (!conf || !setting || cluster.target.platform !== "plain") return;
    if (listens !== "loopback" && listens !== "socket") return;
    const remote = writtenLines(cluster).filter(
      ({ line, reach }) => line.method !== "reject" && isRemoteReach(reach),
    );
    const [first] = remote;
    const place = placeOf(setting);
    if (!first || (!place && isRefused(conf))) return;
    yield {
      place: first.line.address?.token.place ?? first.line.record.place,
      confidence: place ? "high" : "medium",
      message: `listen_addresses is '${setting.base}'${place ? "" : " by default"}, so no client reaches the server from ${addressText(first.line)}${remote.length > 1 ? ` or by ${remote.length === 2 ? "the other record" : `the ${remote.length - 1} other records`} for the network` : ""}.`,
      related: place ? [{ place, message: "the server listens here only" }] : [],
      setting: "listen_addresses",
      current: setting.base,
      apply: applyOf(setting.setting),
    };
  },
});

/** There is a line for it, with a value that the server does not take. */
const isRefused = (conf: Conf) =>
  conf.items.some(({ entry }) => entry.name.toLowerCase() === "listen_addresses");
