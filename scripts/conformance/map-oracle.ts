import { userInfo } from "node:os";
import { join } from "node:path";
import { type DataDirectory, initdb, type Running } from "../servers/cluster.ts";
import { tryLogin } from "../servers/login.ts";
import type { Release } from "../servers/releases.ts";
import { messagesOf } from "./conf-oracle.ts";
import { createRoles } from "./match-oracle.ts";
import type { Probe, Verdict } from "./probe.ts";
import { untilFound } from "./until.ts";

/** Stands in the texts for whoever runs this. */
export const SYSTEM_USER = "SYSTEM";
const own = (text: string) => text.replaceAll(SYSTEM_USER, userInfo().username);
const shared = (message: string) =>
  message.replace(/"[^"]*"/g, (name) => name.replaceAll(userInfo().username, SYSTEM_USER));

/** A running server that knows who is at the other end of its socket, and what pg_ident.conf makes of him. */
export async function openMap(release: Release) {
  const data = await initdb(release);
  data.write("postgresql.conf", "log_line_prefix = ''\nlog_min_messages = log\n");
  data.write("pg_hba.conf", "local all postgres trust\nlocal all all peer map=m\n");
  const server = await data.start();
  const client = await server.connect();
  await createRoles(client);
  client.close();
  return {
    judge: (probe: Probe) => judge(data, server, probe),
    async close() {
      await server.stop();
      data.remove();
    },
  };
}

/** The log says why somebody may not log in; who may, and is no role, hears of it from the client's side only. */
async function judge(data: DataDirectory, server: Running, { text, connection }: Probe): Promise<Verdict> {
  data.write("pg_ident.conf", own(text));
  const before = server.log().length;
  const news = () => server.log().slice(before);
  process.kill(server.pid, "SIGHUP");
  // The server takes no connection before the load is over.
  await untilFound(() => /received SIGHUP/.exec(news()));
  const user = own(connection?.user ?? "");
  const way = { to: join(server.socket, ".s.PGSQL.5432"), tls: false };
  const answer = await tryLogin(way, { user, database: "postgres" });
  // What the log has to say of this login is not to be taken for what it says of the next.
  if (answer !== null) await untilFound(() => (news().includes(`FATAL:  ${answer}`) ? answer : null));
  if (/pg_ident\.conf"? was not reloaded/.test(news())) return { accepts: false, messages: [] };
  if (answer === null || !/^Peer authentication failed/.test(answer)) return { accepts: true, messages: [] };
  const [first = ""] = messagesOf(news(), data.path).filter((message) =>
    /usermap|regular expr/.test(message),
  );
  return { accepts: true, messages: [shared(first)] };
}
