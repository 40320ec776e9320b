import { parseIp } from "../access/address.ts";
import { isSince } from "../catalog/pooler-version.ts";
import { canonicalPath, type FileSet } from "../text/files.ts";
import type { Pooler } from "./pooler.ts";
import type { PoolerProblem, PoolerStartProblem } from "./pooler-problems.ts";
import { unusualRoot } from "./unusual-root.ts";

/** What PgBouncer refuses after it has read the file: TLS, sockets, files. */
export function* checkStart(pooler: Pooler, files: FileSet): Generator<PoolerProblem> {
  yield* checkClientTls(pooler, files);
  for (const side of ["client", "server"] as const) yield* checkTlsWords(pooler, side);
  yield* checkListening(pooler);
  yield* checkKernel(pooler);
  yield* checkFiles(pooler, files);
}

type About = PoolerStartProblem["about"];

/** At the line that sets one of the names, else at the top of the file. */
function problem(
  { settings, main }: Pooler,
  about: About,
  message: string,
  ...names: string[]
): PoolerStartProblem {
  const found = names.map((name) => settings.get(name)).find((setting) => setting !== undefined);
  const place = found
    ? { source: found.source, span: found.entry.valueSpan }
    : { source: main, span: { start: 0, end: 0 } };
  const server = { effect: "refuses", when: "start", message } as const;
  return { kind: "pooler/start", place, about, entry: found?.entry ?? null, server };
}

function* checkClientTls(pooler: Pooler, files: FileSet): Generator<PoolerProblem> {
  const mode = pooler.text("client_tls_sslmode").toLowerCase();
  const key = pooler.text("client_tls_key_file");
  const certificate = pooler.text("client_tls_cert_file");
  const authority = pooler.text("client_tls_ca_file");
  const isCert = pooler.text("auth_type").toLowerCase() === "cert";
  if (mode !== "disable") {
    if (key === "" || certificate === "")
      yield problem(
        pooler,
        "tls",
        "To allow TLS connections from clients, client_tls_key_file and client_tls_cert_file must be set.",
        "client_tls_sslmode",
      );
    for (const name of ["client_tls_key_file", "client_tls_cert_file"]) {
      const path = pooler.text(name);
      // What a relative path counts from, and what an absolute one holds, only the host knows.
      if (path !== "" && isMissing(path, files))
        yield problem(
          pooler,
          "tls",
          `tls_configure failed: failed to open ${path}: No such file or directory`,
          name,
        );
    }
  }
  if (isCert && mode !== "verify-full")
    yield problem(
      pooler,
      "tls",
      "auth_type=cert requires client_tls_sslmode=SSLMODE_VERIFY_FULL",
      "auth_type",
    );
  else if (isCert && authority === "")
    yield problem(pooler, "tls", "auth_type=cert requires client_tls_ca_file", "auth_type");
  else if (mode === "verify-full" && authority === "")
    yield problem(pooler, "tls", "client_tls_sslmode requires client_tls_ca_file", "client_tls_sslmode");
}

const PROTOCOLS = ["secure", "default", "all", "tlsv1", "tlsv1.0", "tlsv1.1", "tlsv1.2", "tlsv1.3"];
/** A word of LibreSSL that releases before 1.21 still know. */
const OLD_PROTOCOLS = [...PROTOCOLS, "legacy"];
/** Words of LibreSSL that 1.21 no longer translates, and that OpenSSL does not know. */
const OLD_CIPHERS = ["compat", "legacy", "insecure", "all"];

/** The words are looked at only on a side that uses TLS; the server side does by default since 1.20. */
function* checkTlsWords(pooler: Pooler, side: "client" | "server"): Generator<PoolerProblem> {
  if (pooler.text(`${side}_tls_sslmode`).toLowerCase() === "disable") return;
  const protocols = pooler.text(`${side}_tls_protocols`);
  const words = protocols.split(/[,:]/).map((word) => word.trim().replace(/^!/, "").toLowerCase());
  const known = isSince(pooler.version, "1.21") ? PROTOCOLS : OLD_PROTOCOLS;
  if (protocols !== "" && !words.every((word) => known.includes(word)))
    yield problem(pooler, "tls", `invalid ${side}_tls_protocols: ${protocols}`, `${side}_tls_protocols`);
  const ciphers = pooler.text(`${side}_tls_ciphers`);
  if (isSince(pooler.version, "1.21") && OLD_CIPHERS.includes(ciphers))
    yield problem(pooler, "tls", `invalid ${side}_tls_ciphers: ${ciphers}`, `${side}_tls_ciphers`);
}

function* checkListening(pooler: Pooler): Generator<PoolerProblem> {
  const { settings, version } = pooler;
  const addresses = settings.get("listen_addr")?.text ?? "";
  const port = Number(settings.get("listen_port")?.value ?? 6432);
  for (const address of addresses.split(",").map((word) => word.trim()))
    if (!canResolve(address))
      yield problem(
        pooler,
        "listen",
        `getaddrinfo('${address}', '${port}') = Name or service not known [-2]`,
        "listen_addr",
      );
  if (port < 0)
    yield problem(
      pooler,
      "listen",
      `getaddrinfo('${addresses}', '${port}') = Servname not supported for ai_socktype [-8]`,
      "listen_port",
    );
  // Only root may bind these, and PgBouncer refuses to run as root; before 1.19 it went on without the address.
  if (port > 0 && port < 1024 && isSince(version, "1.19"))
    yield problem(
      pooler,
      "listen",
      `failed to listen on any address in listen_addr list: ${addresses}`,
      "listen_port",
    );
  if (settings.get("listen_addr")?.text === "" && settings.get("unix_socket_dir")?.text === "")
    yield problem(pooler, "listen", "nowhere to listen on", "unix_socket_dir");
}

/** An address or a name; what cannot be a name is not looked up. */
function canResolve(address: string): boolean {
  if (address === "" || address === "*" || parseIp(address)) return true;
  return (
    /^[A-Za-z0-9_.-]+$/.test(address) && !/(?:^|\.)invalid\.?$/i.test(address) && !/^[\d.]+$/.test(address)
  );
}

/** Linux takes so much for TCP_KEEPIDLE, TCP_KEEPINTVL and TCP_KEEPCNT. */
const KERNEL: readonly (readonly [string, number])[] = [
  ["tcp_keepidle", 32_767],
  ["tcp_keepintvl", 32_767],
  ["tcp_keepcnt", 127],
];

function* checkKernel(pooler: Pooler): Generator<PoolerProblem> {
  if (!isSince(pooler.version, "1.19")) return;
  const addresses = pooler.text("listen_addr");
  const message = `failed to listen on any address in listen_addr list: ${addresses}`;
  const keepalive = Number(pooler.settings.get("tcp_keepalive")?.value ?? 1) !== 0;
  for (const [name, most] of KERNEL) {
    const value = Number(pooler.settings.get(name)?.value ?? 0);
    if (keepalive && (value > most || value < 0)) yield problem(pooler, "kernel", message, name);
  }
  if (Number(pooler.settings.get("tcp_user_timeout")?.value ?? 0) < 0)
    yield problem(pooler, "kernel", message, "tcp_user_timeout");
}

function* checkFiles(pooler: Pooler, files: FileSet): Generator<PoolerProblem> {
  const pidfile = pooler.settings.get("pidfile")?.text ?? "";
  const log = pooler.settings.get("logfile")?.text ?? "";
  const sockets = pooler.settings.get("unix_socket_dir")?.text ?? "";
  const missing = "No such file or directory";
  if (unusualRoot(pidfile))
    yield problem(pooler, "file", `could not open pidfile '${pidfile}': ${missing}`, "pidfile");
  else if (pidfile !== "" && !pidfile.startsWith("/") && runs(files, pidfile))
    yield problem(
      pooler,
      "file",
      isSince(pooler.version, "1.24")
        ? `pidfile '${pidfile}' exists, another instance running?`
        : "pidfile exists, another instance running?",
      "pidfile",
    );
  if (unusualRoot(log)) yield problem(pooler, "file", `Cannot open logfile: '${log}': ${missing}`, "logfile");
  if (unusualRoot(sockets) && isSince(pooler.version, "1.19"))
    yield problem(pooler, "file", `failed to listen on any unix socket in ${sockets}`, "unix_socket_dir");
}

/** A pidfile of a process that may be alive; one that is cut off is not overwritten either. */
function runs(files: FileSet, path: string): boolean {
  if (!files.has(canonicalPath(path))) return false;
  const source = files.read(path);
  return typeof source === "string" || !/^\d{7,}\s*$/.test(source.text);
}

const isMissing = (path: string, files: FileSet) =>
  path.startsWith("/") ? unusualRoot(path) : !files.has(canonicalPath(path));
