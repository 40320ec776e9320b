import { defineRule } from "../../engine/rule.ts";
import { applyOf, placeOf } from "../support/conf.ts";
import { admitting, isRemoteReach } from "../support/hba-lines.ts";
import { listensOn } from "../support/reach.ts";
import { pgDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "access/listens-to-nobody",
  title: "the server listens to the network, and no record lets anybody in from there",
  severity: "info",
  controls: ["U07"],
  docs: () => ({
    why: "Every connection from the network is turned away with: no pg_hba.conf entry for host. Either a record is missing, and clients notice, or the port is open for nothing, to everyone who looks for one.",
    fix: "Add a record for the clients' network, or set listen_addresses = 'localhost'.",
    traps: "listen_addresses needs a restart, pg_hba.conf a reload.",
    leave: "A server that is made ready before its clients are known.",
    see: [settingDocs("connection", "listen_addresses"), pgDocs("client-authentication-problems")],
  }),
  *check(cluster) {
    const { conf, hba } = cluster;
    const setting = conf?.known("listen_addresses");
    const place = setting && placeOf(setting);
    if (!hba?.accepts || !setting || !place || listensOn(conf) !== "remote") return;
    for (const { reach } of admitting(cluster)) if (isRemoteReach(reach)) return;
    yield {
      place,
      message: `listen_addresses is '${setting.base}', and no record of ${hba.source.path} lets anybody in from another machine.`,
      setting: "listen_addresses",
      current: setting.base,
      suggested: "localhost",
      apply: applyOf(setting.setting),
    };
  },
});
