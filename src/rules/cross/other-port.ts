import { defineRule } from "../../engine/rule.ts";
import { related } from "../support/conf.ts";
import { besides } from "../support/cross-backends.ts";
import { namePlace, number, pairOf, pairPlace, some } from "../support/pooler-settings.ts";
import { poolerDocs, settingDocs } from "../support/sources.ts";

export default defineRule({
  id: "cross/other-port",
  title: "no database of PgBouncer has the port of the server beside it",
  severity: "warning",
  controls: ["U17"],
  docs: () => ({
    why: "PgBouncer knocks at a port where this server does not listen. Either nobody answers, and clients get `server login failed: connection refused`, or another server on the machine does, with other data.",
    fix: "Write port= as in the server's port, or drop it where that is 5432.",
    traps:
      "Without port= it is 5432, whatever the server has. The Unix socket has the port in its name, .s.PGSQL.5432, so that it counts there too.",
    leave: "Where the pooler is for another server on the same machine.",
    see: [poolerDocs("port"), settingDocs("connection", "port")],
  }),
  *check(cluster) {
    const { conf, pooler } = cluster;
    const port = conf?.known("port");
    const { here, otherPort } = besides(cluster);
    // PgBouncer's own port is another mistake, pooler/self-loop.
    const wrong = otherPort.filter((backend) => pooler && backend.port !== number(pooler, "listen_port"));
    const [first] = wrong;
    if (!port || !first || here.length > 0) return;
    const pair = pairOf(first.target, "port");
    const names = wrong.filter((backend) => backend.port === first.port).map(({ name }) => name);
    yield {
      place: pair ? pairPlace(first.target, pair) : namePlace(first.target),
      confidence: "medium",
      message: `PgBouncer looks for ${some(names)} at port ${first.port} of this machine${pair ? "" : ", the default"}, and the server's port is ${port.base}.`,
      suggested: `port=${port.base}`,
      related: related(port, "the server's port"),
    };
  },
});
