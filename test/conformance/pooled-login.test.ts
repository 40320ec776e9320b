import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { chmodSync, chownSync, existsSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { installedPooler } from "../../scripts/conformance/pooler-oracle.ts";
import { openClient } from "../../scripts/servers/client.ts";
import { type DataDirectory, initdb } from "../../scripts/servers/cluster.ts";
import { serverAvailable } from "../../scripts/servers/releases.ts";
import { NEWEST } from "../../src/catalog/version.ts";
import { lint } from "../../src/index.ts";

const { release } = serverAvailable(NEWEST);
const pooler = installedPooler();
const unprivileged = process.getuid?.() === 0 ? { uid: 65534, gid: 65534 } : {};

/** An address of its own, so that port 5432 is free. */
const ADDRESS = `127.77.${(process.pid >> 8) & 255}.${process.pid & 255 || 1}`;
const MD5 = "md53f5a4a1b2a8a6a0a0f8f1f7d3b7b6d5e";
const PASSWORD = "hunter2";

interface Case {
  readonly name: string;
  readonly hba: string;
  /** Behind `shop = dbname=postgres user=app`; the server's address unless it says another. */
  readonly database?: string;
  readonly pooler?: string;
  readonly secret?: string;
  readonly conf?: string;
  /** The rule that foresees that the login fails. */
  readonly rule?: string;
  readonly says?: RegExp;
}

const tcp = (rest: string) => `host all app 127.0.0.1/32 ${rest}\n`;
const cases: readonly Case[] = [
  { name: "a password for SCRAM", hba: tcp("scram-sha-256") },
  {
    name: "an MD5 hash for SCRAM",
    hba: tcp("scram-sha-256"),
    secret: MD5,
    rule: "cross/secret-unusable",
    says: /wrong password type/,
  },
  {
    name: "an MD5 hash for a password in clear",
    hba: tcp("password"),
    secret: MD5,
    rule: "cross/secret-unusable",
    says: /password authentication failed/,
  },
  {
    name: "no record for the address",
    hba: "host all app 10.0.0.0/8 scram-sha-256\n",
    rule: "cross/not-admitted",
    says: /no pg_hba.conf entry/,
  },
  {
    name: "a record for TCP, and a database on the socket",
    hba: tcp("trust"),
    database: "host=SOCKET",
    rule: "cross/not-admitted",
    says: /no pg_hba.conf entry/,
  },
  { name: "samehost, samenet", hba: "host all app samenet trust\n" },
  { name: "the name localhost", hba: "host all app localhost trust\n" },
  { name: "a record for the socket", hba: "local postgres app trust\n", database: "host=SOCKET" },
  {
    name: "peer for a role of another name",
    hba: "local all app peer\n",
    database: "host=SOCKET",
    rule: "cross/other-system-user",
    says: /Peer authentication failed/,
  },
  {
    name: "TLS of a server without",
    hba: tcp("trust"),
    pooler: "server_tls_sslmode = require\n",
    rule: "cross/tls-refused",
    says: /server refused SSL|login failed|SSL/,
  },
  {
    name: "an address that the server does not listen on",
    hba: tcp("trust"),
    database: "host=127.0.0.77",
    conf: "",
    rule: "cross/not-listening",
  },
  {
    name: "hostssl without TLS",
    hba: "hostssl all app all trust\n",
    conf: "ssl = on\n",
    pooler: "server_tls_sslmode = disable\n",
    rule: "cross/tls-demanded",
    says: /no pg_hba.conf entry.*no encryption/,
  },
  {
    name: "hostssl with TLS",
    hba: "hostssl all app all trust\n",
    conf: "ssl = on\n",
    pooler: "server_tls_sslmode = prefer\n",
  },
  {
    name: "a certificate that PgBouncer does not have",
    hba: "hostssl all app all cert\n",
    conf: "ssl = on\nssl_ca_file = 'server.crt'\n",
    pooler: "server_tls_sslmode = require\n",
    rule: "cross/no-client-certificate",
    says: /valid client certificate/,
  },
];

describe.runIf(release && pooler && existsSync("/usr/bin/openssl"))(
  "a rule of cross/ speaks exactly where PgBouncer cannot log in",
  () => {
    let data: DataDirectory | undefined;
    beforeAll(async () => {
      if (!release) return;
      data = await initdb(release);
      certificate(data);
      const server = await data.start();
      const client = await server.connect();
      await client.rows(
        `SET password_encryption = 'scram-sha-256'; CREATE ROLE app LOGIN PASSWORD '${PASSWORD}'`,
      );
      client.close();
      await server.stop();
    }, 60_000);
    afterAll(() => data?.remove());

    test.each(cases)("$name", { timeout: 30_000 }, async (how) => {
      if (!data) throw new Error("there is no data directory");
      const conf = `listen_addresses = '${ADDRESS}'\n${how.conf ?? ""}`;
      const hba = `local all postgres trust\n${how.hba}`;
      data.write("pg_hba.conf", hba);
      const tls = (how.conf ?? "").split("\n").filter(Boolean);
      const server = await data.start([
        "-c",
        `listen_addresses=${ADDRESS}`,
        ...tls.flatMap((line) => ["-c", line.replace(" = ", "=").replaceAll("'", "")]),
      ]);
      try {
        const database = (how.database ?? `host=${ADDRESS}`).replace("SOCKET", server.socket);
        const ini = `[databases]\nshop = ${database} dbname=postgres user=app\n\n[pgbouncer]\nauth_type = trust\nauth_file = userlist.txt\n${how.pooler ?? ""}`;
        const userlist = `"app" "${how.secret ?? PASSWORD}"\n`;
        const { findings } = lint({
          files: [
            { path: "postgresql.conf", text: conf },
            { path: "pg_hba.conf", text: hba },
            { path: "pgbouncer.ini", text: ini },
            { path: "userlist.txt", text: userlist },
          ],
          target: { pgbouncer: pooler ?? "" },
        });
        const error = await loginThrough(ini, userlist);
        const foreseen = findings.map(({ rule }) => rule).filter((rule) => rule.startsWith("cross/"));
        expect({ failed: error !== undefined, foreseen }, error).toEqual({
          failed: how.rule !== undefined,
          foreseen: how.rule === undefined ? [] : [how.rule],
        });
        if (how.says) expect(error).toMatch(how.says);
      } finally {
        await server.stop();
      }
    });
  },
);

/** What PgBouncer, or the server by way of it, says to a client; undefined where it answers a query. */
async function loginThrough(ini: string, userlist: string): Promise<string | undefined> {
  const folder = mkdtempSync(join(tmpdir(), "pgb-"));
  chmodSync(folder, 0o755);
  if (unprivileged.uid !== undefined) chownSync(folder, unprivileged.uid, unprivileged.gid);
  writeFileSync(join(folder, "pgbouncer.ini"), `${ini}unix_socket_dir = ${folder}\nquery_wait_timeout = 2\n`);
  writeFileSync(join(folder, "userlist.txt"), userlist);
  const child = spawn("pgbouncer", ["pgbouncer.ini"], {
    cwd: folder,
    env: { PATH: "/usr/sbin:/usr/bin" },
    stdio: ["ignore", "ignore", "pipe"],
    ...unprivileged,
  });
  let log = "";
  child.stderr?.on("data", (chunk: Buffer) => {
    log += chunk.toString();
  });
  try {
    await listens(join(folder, ".s.PGSQL.6432"), child);
    const client = await openClient(join(folder, ".s.PGSQL.6432"), "app", "shop");
    const { error } = await client.ask("SELECT 1");
    client.close();
    return error?.message;
  } catch (error) {
    return `${error}\n${log}`;
  } finally {
    child.kill("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The socket is there before anybody listens on it. */
async function listens(socket: string, child: ChildProcess): Promise<void> {
  while (!(await answers(socket))) {
    if (child.exitCode !== null) throw new Error("PgBouncer did not start");
    await new Promise((done) => setTimeout(done, 20));
  }
}

const answers = (path: string): Promise<boolean> =>
  new Promise((done) => {
    const socket = connect(path, () => {
      socket.destroy();
      done(true);
    });
    socket.once("error", () => done(false));
  });

/** One that signs itself will do for a server that nobody checks. */
function certificate(data: DataDirectory): void {
  const folder = mkdtempSync(join(tmpdir(), "crt-"));
  try {
    const options = ["-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-keyout", "server.key"];
    execFileSync("openssl", ["req", "-x509", ...options, "-out", "server.crt"], {
      cwd: folder,
      stdio: "pipe",
    });
    for (const name of readdirSync(folder)) {
      data.write(name, execFileSync("cat", [join(folder, name)]));
      chmodSync(join(data.path, name), 0o600);
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
