import { createServer } from "node:net";
import { join } from "node:path";
import type { Client } from "../servers/client.ts";
import { type DataDirectory, initdb, type Running } from "../servers/cluster.ts";
import { tryLogin } from "../servers/login.ts";
import type { Release } from "../servers/releases.ts";
import { certificate } from "./certificate.ts";
import type { Probe, ProbeConnection, Verdict } from "./probe.ts";
import { untilFound } from "./until.ts";

/** The roles that the servers have, as `matchHba` is told of them. */
export const ROLES = {
  g: {},
  m: { memberOf: ["g"] },
  mm: { memberOf: ["m"] },
  ni: { memberOf: ["g"], inherit: false },
  su: { superuser: true },
  u: {},
  postgres: { superuser: true },
};
const SQL = `CREATE ROLE g; CREATE ROLE m LOGIN IN ROLE g; CREATE ROLE mm LOGIN IN ROLE m;
  CREATE ROLE ni LOGIN NOINHERIT IN ROLE g; CREATE ROLE su LOGIN SUPERUSER; CREATE ROLE u LOGIN`;

/** What every machine answers about its own address. */
export const HOSTNAMES = { localhost: ["127.0.0.1"] };
export const INTERFACES = ["127.0.0.1/8", "::1/128"];

/** A running server that clients come to by TCP, with and without TLS, and by its socket. */
export async function openMatch(release: Release) {
  const data = await initdb(release);
  certificate(data);
  data.write(
    "postgresql.conf",
    "ssl = on\nlog_line_prefix = ''\nlog_min_messages = log\nmax_wal_senders = 4\n",
  );
  const port = await freePort();
  const server = await data.start(["-c", "listen_addresses=127.0.0.1,::1"], port);
  const client = await server.connect();
  await createRoles(client);
  const session = { data, server, port, loaded: "", accepted: true };
  return {
    judge: (probe: Probe) => judge(session, probe),
    /** A session of the superuser's. */
    client,
    async close() {
      client.close();
      await server.stop();
      data.remove();
    },
  };
}

/** One statement at a time: a role that exists may be named in the next. */
export async function createRoles(client: Client): Promise<void> {
  for (const statement of SQL.split(";")) await client.rows(statement);
}

interface Session {
  readonly data: DataDirectory;
  readonly server: Running;
  readonly port: number;
  /** The text that the server has loaded. */
  loaded: string;
  accepted: boolean;
}

/** Which record it was stands in the log as soon as a password is wrong. */
async function judge(session: Session, { text, files = {}, connection }: Probe): Promise<Verdict> {
  if (!connection) throw new Error("a probe of a match has a connection");
  const { data, server } = session;
  if (session.loaded !== text) {
    for (const [path, content] of Object.entries(files)) data.write(path, content);
    data.write("pg_hba.conf", text);
    const log = await reload(data, server);
    session.loaded = text;
    session.accepted = !/pg_hba\.conf"? was not reloaded/.test(log);
  }
  if (!session.accepted) return { accepts: false, messages: [] };
  const before = server.log().length;
  const message = await tryLogin(wayOf(session, connection), startupOf(connection));
  if (message === null || !message.startsWith("password authentication failed"))
    return { accepts: true, messages: [message ?? "logged in"] };
  const matched = await untilFound(() =>
    /Connection matched (?:file "(?:.*\/)?(.*)"|(.*)) line (\d+): /.exec(server.log().slice(before)),
  );
  const [, file, older, line] = matched;
  return { accepts: true, messages: [], hit: `${file ?? older}:${line}` };
}

const MARK = "this_is_the_end_of_the_load";

/** pg_ident.conf is loaded last; a record that is surely wrong tells that the load is over. */
async function reload(data: DataDirectory, server: Running): Promise<string> {
  data.write("pg_ident.conf", `${MARK},${MARK} x y\n`);
  const before = server.log().length;
  process.kill(server.pid, "SIGHUP");
  return untilFound(() => {
    const news = server.log().slice(before);
    return /pg_ident\.conf"? was not reloaded/.test(news) ? news : null;
  });
}

const wayOf = ({ server, port }: Session, { address, tls = false }: ProbeConnection) =>
  address === null
    ? { to: join(server.socket, `.s.PGSQL.${port}`), tls: false }
    : { to: { host: address.includes(":") ? "::1" : "127.0.0.1", port, from: address }, tls };

const startupOf = ({ user, database, replication }: ProbeConnection): Record<string, string> => ({
  user,
  database,
  ...(replication && { replication: replication === "physical" ? "true" : "database" }),
});

/** A port that is free on all of the addresses that the server listens on. */
async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen({ port: 0, host: "::", ipv6Only: false }, done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === "string") throw new Error("there is no free port");
  return address.port;
}
