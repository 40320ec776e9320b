import { readIdent } from "../../src/cluster/ident.ts";
import { mapUser } from "../../src/cluster/ident-map.ts";
import { resolveTarget } from "../../src/cluster/target.ts";
import { effectiveSettings, type HbaRow, type IdentRow, lint, matchHba, readHba } from "../../src/index.ts";
import { fileSet } from "../../src/text/files.ts";
import { SYSTEM_USER } from "./map-oracle.ts";
import { HOSTNAMES, INTERFACES, ROLES } from "./match-oracle.ts";
import { bytesOf, type Probe, type Verdict } from "./probe.ts";

/** What depends on how a server was built or on its machine, and says nothing about the text. */
const LOCAL =
  /not supported by this build|"(?:wal_compression|default_toast_compression|io_method)": "(?:lz4|zstd|io_uring)"|locale/i;

/** Undefined: we agree. Else what the server said, and what we say. */
export function disagreement(probe: Probe, verdict: Verdict, release: string): string | undefined {
  if (verdict.messages.some((message) => LOCAL.test(message))) return undefined;
  if (probe.suite === "conf" || probe.suite === "start") return judgeConf(probe, verdict, release);
  if (probe.suite === "map") return judgeMap(probe, verdict, release);
  if (probe.suite === "match") return judgeMatch(probe, verdict, release);
  return probe.suite === "pgbouncer"
    ? judgePooler(probe, verdict, release)
    : judgeHba(probe, verdict, release);
}

const filesOf = (main: string, probe: Probe) => [
  { path: main, text: bytesOf(probe) },
  ...Object.entries(probe.files ?? {}).map(([path, content]) => ({ path, text: content })),
];

function judgeConf(probe: Probe, verdict: Verdict, release: string): string | undefined {
  const files = filesOf("postgresql.conf", probe);
  const target = { postgres: release };
  const { findings } = lint({ files, target });
  const whens = probe.suite === "conf" ? ["read"] : ["read", "start"];
  const refused = findings.some(({ server }) => server?.effect === "refuses" && whens.includes(server.when));
  if (refused === verdict.accepts)
    return `the server ${verdict.accepts ? "accepts" : `refuses (${verdict.messages[0]})`}, we do not`;
  // What a start would say only later is no part of the reading.
  const said = findings.flatMap(({ server }) =>
    server && whens.includes(server.when) ? [server.message] : [],
  );
  const words = differentWords(probe, verdict, said);
  if (words !== undefined) return words;
  const plain = probe.latin1 ? asciiOnly : (note: string) => note;
  const notes = findings.flatMap(({ server }) => [server?.detail ?? "", server?.hint ?? ""]).map(plain);
  const unsaid = verdict.notes?.find((note) => !notes.includes(plain(note)));
  if (unsaid !== undefined)
    return `the server adds ${unsaid}, we say ${notes.filter((note) => note).join(" | ")}`;
  const name = /^\s*([A-Za-z_][\w.]*)\s*=/.exec(probe.text)?.[1]?.toLowerCase();
  if (!verdict.accepts || verdict.value === undefined || name === undefined || name.startsWith("include"))
    return undefined;
  const setting = effectiveSettings({ files, target }).find((known) => known.name.toLowerCase() === name);
  if (!setting || plain(setting.base) === plain(verdict.value)) return undefined;
  return `the value of ${name} is ${JSON.stringify(verdict.value)}, we say ${JSON.stringify(setting.base)}`;
}

/** A message that the server has and we have not, or that we say of the phase that the server ended in. */
function differentWords(
  { suite, text, latin1 }: Probe,
  verdict: Verdict,
  ours: string[],
): string | undefined {
  const plain = latin1 ? asciiOnly : (message: string) => message;
  const theirs = verdict.messages.map(plain);
  const said = ours.map(plain);
  const missing = theirs.find((message) => !said.includes(message));
  if (missing !== undefined) return `the server says ${missing}, we say ${said.join(" | ")}`;
  if (suite !== "conf" || verdict.accepts || theirs.some((message) => AT_ONCE.test(message)))
    return undefined;
  // The server leaves a directory at the first file with an error.
  if (/include_dir/i.test(text)) return undefined;
  const phase = Math.min(...theirs.map(phaseOf));
  // postgresql.auto.conf is read only where the main file has no error.
  const auto = theirs.some((message) => message.includes("postgresql.auto.conf"));
  const extra = said.find(
    (message) =>
      phaseOf(message) === phase &&
      !theirs.includes(message) &&
      (auto || !message.includes("postgresql.auto.conf")),
  );
  return extra === undefined ? undefined : `we say ${extra}, the server does not`;
}

/** Errors that end the start-up on the spot. */
const AT_ONCE =
  /^multiple recovery targets|^could not read time zone file|^invalid input syntax|out of range/;

/** The server reads all files, then looks up all names, then checks all values, and stops after the first of these with an error. */
function phaseOf(message: string): number {
  if (
    /^(?:syntax error in|too many syntax|could not (?:open|stat) |input in flex|configuration file recursion|empty config)/.test(
      message,
    )
  )
    return 1;
  if (message.startsWith("unrecognized configuration parameter")) return 2;
  return /^(?:parameter|invalid value|\S+(?: \S+)? is outside)/.test(message) ? 3 : 4;
}

/** What is not ASCII comes out of the log of a server in some other encoding. */
const asciiOnly = (text: string) => text.replace(/[^\0-\x7f]+/g, "?");

function judgeHba(probe: Probe, verdict: Verdict, release: string): string | undefined {
  const kind = probe.suite === "ident" ? "ident" : "hba";
  const reading = readHba({ files: filesOf(`pg_${kind}.conf`, probe), target: { postgres: release }, kind });
  if (reading.accepts !== verdict.accepts)
    return `the server ${verdict.accepts ? "accepts" : `refuses (${verdict.messages[0]})`}, we do not`;
  const said = reading.messages.map(({ message }) => message.split("\n")[0] ?? "");
  const words = differentWords(probe, verdict, said);
  if (words !== undefined) return words;
  const plain = probe.latin1 ? asciiOnly : (row: string) => row;
  const rows = reading.rows
    .filter((row) => "type" in row || "map_name" in row)
    .map((row) => plain(rowText(row)));
  if (!verdict.rows || JSON.stringify(rows) === JSON.stringify(verdict.rows.map(plain))) return undefined;
  return `the server's rows are ${verdict.rows.join(" / ")}, ours ${rows.join(" / ")}`;
}

/** The record that the server names, or its words where none lets the connection in. */
function judgeMatch(probe: Probe, verdict: Verdict, release: string): string | undefined {
  if (!probe.connection || !verdict.accepts) return undefined;
  const connection = { ...probe.connection, roles: ROLES, hostnames: HOSTNAMES, interfaces: INTERFACES };
  const match = matchHba({ files: filesOf("pg_hba.conf", probe), target: { postgres: release }, connection });
  const ours = "path" in match ? `${match.path}:${match.line}` : `${match.line}: ${match.because}`;
  const theirs = verdict.hit ?? `null: ${verdict.messages[0]}`;
  if ("path" in match && match.method === "reject" && /^pg_hba.conf rejects/.test(verdict.messages[0] ?? ""))
    return undefined;
  return ours === theirs ? undefined : `the server says ${theirs}, we say ${ours}`;
}

/** Whether pg_ident.conf lets a system user be that user, or the words of the log. */
function judgeMap(probe: Probe, verdict: Verdict, release: string): string | undefined {
  if (!probe.connection || !verdict.accepts) return undefined;
  const files = fileSet(filesOf("pg_ident.conf", probe));
  const source = files.read("pg_ident.conf");
  if (typeof source === "string") return source;
  const { postgres } = resolveTarget({ postgres: release }, {});
  const login = { systemUser: SYSTEM_USER, user: probe.connection.user, roles: ROLES, anyCase: false };
  const { answer, message } = mapUser("m", readIdent(files, source, postgres), login, postgres);
  const [theirs = null] = verdict.messages;
  return answer === (theirs === null) && message === theirs
    ? undefined
    : `the server says ${theirs}, we say ${JSON.stringify(answer)} ${message}`;
}

function judgePooler(probe: Probe, verdict: Verdict, release: string): string | undefined {
  const { findings } = lint({ files: filesOf("pgbouncer.ini", probe), target: { pgbouncer: release } });
  const refusals = findings.filter(({ server }) => server?.effect === "refuses");
  if (refusals.length > 0 === verdict.accepts)
    return `PgBouncer ${verdict.accepts ? "accepts" : `refuses (${verdict.messages[0]})`}, we do not`;
  const [first] = verdict.messages;
  // The line that it prints is where its scanner stands, not where the entry is.
  const plain = (message: string) => message.replace(/:\d+\)/, ":)");
  const said = refusals.map(({ server }) => plain(server?.message ?? ""));
  if (first === undefined || said.includes(plain(first))) return undefined;
  return `PgBouncer says ${first}, we say ${said.join(" | ")}`;
}

/** A row as the oracle writes the server's: arrays as PostgreSQL prints them. */
function rowText(row: HbaRow | IdentRow): string {
  const names = [
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
  const values: Readonly<Record<string, unknown>> = { ...row };
  return names
    .flatMap((name) => {
      const value = values[name];
      if (value === undefined) return [];
      return [
        `${name}=${Array.isArray(value) ? `{${value.map((item) => arrayItem(String(item))).join(",")}}` : value}`,
      ];
    })
    .join(" ");
}

/** array_out(): quotes where an element would not read back. */
const arrayItem = (text: string) =>
  text === "" || /[{}",\\ \t\n\r\v\f]/.test(text) || /^null$/i.test(text)
    ? `"${text.replace(/["\\]/g, "\\$&")}"`
    : text;
