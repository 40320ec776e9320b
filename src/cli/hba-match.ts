import { isUnknown } from "../access/answer.ts";
import { cleaner } from "../api/clean-answer.ts";
import { ConnectionError, type HbaConnection } from "../api/hba-connection.ts";
import { matchServer, type ServerMatch } from "../api/match-server.ts";
import type { SystemLogin } from "../api/system-login.ts";
import { UserError } from "../node/problem.ts";
import { jsonText } from "../report/json-text.ts";
import { printable } from "../report/printable.ts";
import { type Args, flag, list, text } from "./args.ts";
import { wantsJson } from "./format.ts";
import { dialectOf } from "./hba-dialect.ts";
import { hitShown, type Passed, waysPast } from "./hba-steps.ts";
import { readInput, wantAll } from "./input.ts";
import type { ExitCode, Io } from "./io.ts";
import { readRoles } from "./roles-file.ts";

/** Exit codes: 0 a record takes the connection, 1 it is rejected, 2 it depends on what was not said. */
export function match(args: Args, io: Io): ExitCode {
  const { servers, disk } = readInput(args, io);
  const asked = connectionOf(args);
  const rolesFile = text(args, "roles");
  const connection = rolesFile === undefined ? asked : { ...asked, roles: readRoles(rolesFile, io.cwd) };
  const answers = servers.flatMap(({ files, target }) => {
    const found = tryServer(() =>
      matchServer(files, {
        target,
        dialect: dialectOf(args),
        connection,
        systemUser: text(args, "system-user"),
      }),
    );
    return found ? [answerOf(found, text(args, "system-user"))] : [];
  });
  wantAll(disk);
  if (answers.length === 0) throw new UserError("there is no pg_hba.conf among the files");
  if (wantsJson(args)) io.stdout(jsonText(answers));
  else io.stdout(answers.map(printed).join("\n"));
  return answers.map(codeOf).reduce((worst, code) => (code > worst ? code : worst));
}

function tryServer<T>(act: () => T): T {
  try {
    return act();
  } catch (error) {
    if (error instanceof ConnectionError) throw new UserError(`hba match: ${error.message}`);
    throw error;
  }
}

function connectionOf(args: Args): HbaConnection {
  const user = text(args, "user");
  if (user === undefined) throw new UserError("hba match: say who connects, with --user NAME");
  const address = text(args, "address") ?? null;
  const [tls, gss] = [flag(args, "tls") ?? false, flag(args, "gss") ?? false];
  if (address === null && (tls || gss))
    throw new UserError(
      `--${tls ? "tls" : "gss"}: nothing is encrypted on the Unix socket; say where it comes from, with --address`,
    );
  const replication = text(args, "replication");
  const interfaces = list(args, "interfaces").flatMap((word) => word.split(","));
  const hostnames = list(args, "hostname");
  return {
    user,
    database: text(args, "database") ?? user,
    address,
    tls,
    gss,
    replication: replication === "physical" || replication === "logical" ? replication : undefined,
    ...(interfaces.length > 0 && { interfaces }),
    ...(hostnames.length > 0 && { hostnames: hostsOf(hostnames) }),
  };
}

/** `NAME=ADDRESS`; a name may have several, one by one or with commas. */
function hostsOf(words: readonly string[]): Record<string, string[]> {
  const hosts = new Map<string, string[]>();
  for (const word of words) {
    const equals = word.indexOf("=");
    if (equals < 1)
      throw new UserError(`--hostname ${word}: say NAME=ADDRESS, such as db1.example.com=10.1.2.3`);
    const name = word.slice(0, equals);
    const addresses = word
      .slice(equals + 1)
      .split(",")
      .filter(Boolean);
    hosts.set(name, [...(hosts.get(name) ?? []), ...addresses]);
  }
  return Object.fromEntries(hosts);
}

/** What is printed, as JSON has it. */
interface Shown {
  /** The main file. */
  readonly file: string;
  /** Where the line stands: the main file, or one that it includes. */
  readonly path?: string;
  /** The line that is hit, null where none is, "unknown" where it depends. */
  readonly line: number | null | "unknown";
  readonly record?: string;
  readonly method?: string;
  readonly options?: readonly string[];
  /** What the server says to a client that it turns away. */
  readonly server?: string;
  readonly because?: string;
  readonly systemUser?: ShownLogin;
  /** The lines before it, each with the field that does not match. */
  readonly passed: readonly Passed[];
}

interface ShownLogin {
  readonly name: string;
  readonly allowed: boolean | "unknown";
  readonly path?: string;
  readonly line?: number;
  readonly server?: string;
  readonly because?: string;
  readonly becomes: readonly string[];
}

/** Without the secrets of ldap and radius, which options and messages may name. */
function answerOf({ source, read, tried, login }: ServerMatch, systemUser = ""): Shown {
  const { match: result, words } = tried;
  const record = "method" in result ? hitShown(tried) : undefined;
  const shown: Shown = {
    file: source.path,
    ...result,
    ...(record !== undefined && { record }),
    ...(words !== null && { server: words }),
    ...(login && { systemUser: { name: systemUser, ...loginShown(login) } }),
    passed: waysPast(tried),
  };
  return cleaner(read)(shown);
}

const loginShown = ({ answer, path, line, words, becomes }: SystemLogin): Omit<ShownLogin, "name"> => ({
  allowed: isUnknown(answer) ? "unknown" : answer,
  ...(path !== null && { path }),
  ...(line !== null && { line }),
  ...(words !== null && { server: words }),
  ...(isUnknown(answer) && { because: answer.onlyIf }),
  becomes,
});

function codeOf({ line, method, systemUser }: Shown): ExitCode {
  if (line === "unknown") return 2;
  if (line === null || method === "reject") return 1;
  if (!systemUser || systemUser.allowed === true) return 0;
  return systemUser.allowed === false ? 1 : 2;
}

function printed(shown: Shown): string {
  const lines = [headline(shown), ...[shown.record, shown.server].filter((text) => text !== undefined)];
  if (shown.systemUser) lines.push(loginLine(shown.systemUser));
  if (shown.passed.length > 0) lines.push("");
  for (const { path, line, because } of shown.passed)
    lines.push(`${path === shown.file ? `line ${line}` : `${path}:${line}`}: ${because}`);
  return lines.map((line) => `${printable(line)}\n`).join("");
}

function headline({ file, path, line, method, because, passed }: Shown): string {
  if (line === "unknown")
    return passed.length > 0 ? `${file}: it depends: ${because}` : `${file}: ${because}`;
  if (line === null) return `${file}: no line lets it in`;
  return `${path}:${line}: ${method}`;
}

function loginLine({ name, allowed, path, line, server, because, becomes }: ShownLogin): string {
  if (allowed === "unknown") return `${name} may log in if ${because}`;
  if (allowed) return `${line === undefined ? "" : `${path}:${line}: `}${name} may log in`;
  return `${server}${becomes.length > 0 ? `; ${name} may be ${becomes.join(", ")}` : ""}`;
}
