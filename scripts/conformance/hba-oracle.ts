import { rmSync } from "node:fs";
import { join } from "node:path";
import type { Client } from "../servers/client.ts";
import { type DataDirectory, initdb, type Running } from "../servers/cluster.ts";
import type { Release } from "../servers/releases.ts";
import { certificate } from "./certificate.ts";
import { messagesOf } from "./conf-oracle.ts";
import { bytesOf, type Probe, type Verdict } from "./probe.ts";
import { untilFound } from "./until.ts";

const MARK = "this_is_the_end_of_the_load";

/** A running server that reloads each text; its log says what it refuses, its views how it reads the rest. */
export async function openHba(release: Release) {
  const data = await initdb(release);
  certificate(data);
  data.write("postgresql.conf", "ssl = on\nlog_line_prefix = ''\nlog_min_messages = log\n");
  const server = await data.start();
  const client = await server.connect();
  return {
    judge: (probe: Probe) => judge({ data, server, client, major: release.major }, probe),
    async close() {
      client.close();
      await server.stop();
      data.remove();
    },
  };
}

interface Session {
  readonly data: DataDirectory;
  readonly server: Running;
  readonly client: Client;
  readonly major: number;
}

async function judge({ data, server, client, major }: Session, probe: Probe): Promise<Verdict> {
  const { suite, files = {} } = probe;
  for (const [path, content] of Object.entries(files)) data.write(path, content);
  const hba = suite === "hba";
  data.write("pg_hba.conf", hba ? bytesOf(probe) : "local all all trust\n");
  // pg_ident.conf is loaded last; a record that is surely wrong shows in the log that the load is over.
  // A blank line keeps it apart from a text that ends in a backslash.
  const text = Buffer.from(hba ? "" : bytesOf(probe));
  data.write("pg_ident.conf", Buffer.concat([text, Buffer.from(`\n\n${MARK},${MARK} x y\n`)]));
  const before = server.log().length;
  process.kill(server.pid, "SIGHUP");
  const log = await untilFound(() => {
    const news = server.log().slice(before);
    return /pg_ident\.conf" was not reloaded|pg_ident\.conf was not reloaded/.test(news) ? news : undefined;
  });
  const view = hba ? "pg_hba_file_rules" : major >= 15 ? "pg_ident_file_mappings" : undefined;
  const rows = view === undefined ? undefined : await client.ask(`select * from ${view}`);
  for (const path of Object.keys(files))
    rmSync(join(data.path, path.split("/")[0] ?? path), { force: true, recursive: true });
  const said = messagesOf(log, data.path).filter(
    (message) =>
      !/^received SIGHUP|was not reloaded|^multiple values in ident field$|^parameter "/.test(message),
  );
  // The mark's own message is one of "multiple values"; a text may have the same.
  const marks = messagesOf(log, data.path).filter(
    (message) => message === "multiple values in ident field",
  ).length;
  const messages = [
    ...said,
    ...Array.from({ length: Math.max(0, marks - 1) }, () => "multiple values in ident field"),
  ];
  const accepts = hba ? !/pg_hba\.conf"? was not reloaded/.test(log) : messages.length === 0;
  return {
    accepts,
    messages,
    ...(rows && {
      rows: rows.rows.filter((row) => (row.type ?? row.map_name ?? null) !== null).map(rowText),
    }),
  };
}

/** The columns that tell how a record is read. */
const COLUMNS = [
  "line_number",
  "type",
  "database",
  "user_name",
  "address",
  "netmask",
  "auth_method",
  "options",
  "map_name",
  "sys_name",
  "pg_username",
];

const rowText = (row: Readonly<Record<string, string | null>>): string =>
  COLUMNS.flatMap((name) =>
    row[name] === null || row[name] === undefined ? [] : [`${name}=${row[name]}`],
  ).join(" ");
