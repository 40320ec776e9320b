import { effectiveSettings, type HbaRow, type IdentRow, lint, readHba } from "../../src/index.ts";
import type { Probe, Verdict } from "./probe.ts";

/** What depends on how a server was built or on its machine, and says nothing about the text. */
const LOCAL =
  /not supported by this build|"(?:wal_compression|default_toast_compression|io_method)": "(?:lz4|zstd|io_uring)"|locale/i;

/** Undefined: we agree. Else what the server said, and what we say. */
export function disagreement(probe: Probe, verdict: Verdict, release: string): string | undefined {
  if (verdict.messages.some((message) => LOCAL.test(message))) return undefined;
  if (probe.suite === "conf") return judgeConf(probe, verdict, release);
  return probe.suite === "pgbouncer"
    ? judgePooler(probe, verdict, release)
    : judgeHba(probe, verdict, release);
}

const filesOf = (main: string, { text, files = {} }: Probe) => [
  { path: main, text },
  ...Object.entries(files).map(([path, content]) => ({ path, text: content })),
];

function judgeConf(probe: Probe, verdict: Verdict, release: string): string | undefined {
  const files = filesOf("postgresql.conf", probe);
  const target = { postgres: release };
  const { findings } = lint({ files, target });
  const refused = findings.some(({ server }) => server?.effect === "refuses" && server.when === "read");
  if (refused === verdict.accepts)
    return `the server ${verdict.accepts ? "accepts" : `refuses (${verdict.messages[0]})`}, we do not`;
  const said = findings.map(({ server }) => server?.message);
  const missing = verdict.messages.find((message) => !said.includes(message));
  if (missing !== undefined) return `the server says ${missing}, we say ${said.join(" | ")}`;
  const name = /^\s*([A-Za-z_][\w.]*)\s*=/.exec(probe.text)?.[1]?.toLowerCase();
  if (!verdict.accepts || verdict.value === undefined || name === undefined || name.startsWith("include"))
    return undefined;
  const setting = effectiveSettings({ files, target }).find((known) => known.name.toLowerCase() === name);
  if (!setting || setting.base === verdict.value) return undefined;
  return `the value of ${name} is ${JSON.stringify(verdict.value)}, we say ${JSON.stringify(setting.base)}`;
}

function judgeHba(probe: Probe, verdict: Verdict, release: string): string | undefined {
  const kind = probe.suite === "ident" ? "ident" : "hba";
  const reading = readHba({ files: filesOf(`pg_${kind}.conf`, probe), target: { postgres: release }, kind });
  if (reading.accepts !== verdict.accepts)
    return `the server ${verdict.accepts ? "accepts" : `refuses (${verdict.messages[0]})`}, we do not`;
  const said = reading.messages.map(({ message }) => message.split("\n")[0]);
  const missing = verdict.messages.find((message) => !said.includes(message));
  if (missing !== undefined) return `the server says ${missing}, we say ${said.join(" | ")}`;
  const rows = reading.rows.filter((row) => "type" in row || "map_name" in row).map(rowText);
  if (!verdict.rows || JSON.stringify(rows) === JSON.stringify(verdict.rows)) return undefined;
  return `the server's rows are ${verdict.rows.join(" / ")}, ours ${rows.join(" / ")}`;
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
