import { parse } from "pg-connection-string";

/** A keyword of a libpq connection string; offsets count from the string's start, and are 0 in a URL's own parts. */
export interface ConninfoPair {
  readonly keyword: string;
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** Its value must not be shown. */
  readonly secret: boolean;
}

export interface Conninfo {
  readonly pairs: readonly ConninfoPair[];
  /** What libpq says where it stops to parse. */
  readonly error: { readonly at: number; readonly message: string } | null;
}

const SECRETS = new Set([
  "password",
  "sslpassword",
  "oauth_client_secret",
  "scram_client_key",
  "scram_server_key",
]);
const KEYWORDS = new Set(
  "service servicefile user password passfile channel_binding connect_timeout dbname host hostaddr port client_encoding options application_name fallback_application_name keepalives keepalives_idle keepalives_interval keepalives_count tcp_user_timeout sslmode sslnegotiation sslcompression sslcert sslkey sslcertmode sslpassword sslrootcert sslcrl sslcrldir sslsni requirepeer require_auth min_protocol_version max_protocol_version ssl_min_protocol_version ssl_max_protocol_version gssencmode krbsrvname gsslib gssdelegation replication target_session_attrs load_balance_hosts authtype tty sslkeylogfile oauth_issuer oauth_client_id oauth_client_secret oauth_scope scram_client_key scram_server_key".split(
    " ",
  ),
);

/** The keywords of any release of libpq. */
export const conninfoKeywords: readonly string[] = [...KEYWORDS];

/** A connection string as libpq reads one: keyword = value pairs, or a URL. */
export function readConninfo(text: string): Conninfo {
  return /^postgres(?:ql)?:\/\//.test(text) ? readUrl(text) : readPairs(text);
}

/** conninfo_parse() of fe-connect.c */
function readPairs(text: string): Conninfo {
  const pairs: ConninfoPair[] = [];
  const pattern = /\s*(?:(?<keyword>[^=\s]+)\s*(?<equals>=?)\s*)?/y;
  for (let at = 0; ; ) {
    pattern.lastIndex = at;
    const { keyword, equals } = pattern.exec(text)?.groups ?? {};
    const start = at + (/^\s*/.exec(text.slice(at))?.[0].length ?? 0);
    if (keyword === undefined) {
      const rest = text.slice(start);
      // A lone = has no name before it, and libpq takes the empty name.
      return rest === "" ? done(null) : done({ at: start, message: 'invalid connection option ""' });
    }
    if (!equals)
      return done({ at: start, message: `missing "=" after "${keyword}" in connection info string` });
    const value = valueAt(text, pattern.lastIndex);
    if (!value) return done({ at: start, message: "unterminated quoted string in connection info string" });
    if (!KEYWORDS.has(keyword)) return done({ at: start, message: `invalid connection option "${keyword}"` });
    pairs.push({ keyword, value: value.text, start, end: value.end, secret: SECRETS.has(keyword) });
    at = value.end;
  }
  function done(error: Conninfo["error"]): Conninfo {
    return { pairs, error };
  }
}

/** A value with or without single quotes; a backslash takes the next character as it is. */
function valueAt(text: string, start: number): { text: string; end: number } | undefined {
  const quoted = text[start] === "'";
  let value = "";
  for (let at = quoted ? start + 1 : start; ; at++) {
    const char = text[at];
    if (char === undefined) return quoted ? undefined : { text: value, end: at };
    if (quoted ? char === "'" : /\s/.test(char)) return { text: value, end: quoted ? at + 1 : at };
    if (char === "\\") at++;
    value += char === "\\" ? (text[at] ?? "") : char;
  }
}

/**
 * The parts of a URL. The parameters are read here: given them, the library would open the files that they name as
 * certificates. It knows one host, so a list of hosts is read one by one.
 */
function readUrl(text: string): Conninfo {
  const [address = "", query = ""] = text.split(/\?([\s\S]*)/, 2);
  const pairs: ConninfoPair[] = [];
  const add = (keyword: string, value: string | null | undefined) => {
    if (value) pairs.push({ keyword, value, start: 0, end: 0, secret: SECRETS.has(keyword) });
  };
  const [, scheme = "", user = "", hosts = "", path = ""] =
    /^(\w+:\/\/)([^@/]*@)?([^/]*)(.*)$/s.exec(address) ?? [];
  try {
    const parts = hosts.split(",").map((host) => parse(`${scheme}${user}${host}${path}`));
    add("user", parts[0]?.user);
    add("password", parts[0]?.password);
    add("host", parts.map(({ host }) => host ?? "").join(","));
    add(
      "port",
      parts
        .map(({ port }) => port ?? "")
        .join(",")
        .replace(/^,*$/, ""),
    );
    add("dbname", parts[0]?.database);
    for (const parameter of query.split("&").filter((part) => part !== "")) {
      const [name = "", ...value] = parameter.split("=").map(decodeURIComponent);
      const keyword = name === "ssl" ? "sslmode" : name;
      const at = text.indexOf(parameter, address.length);
      if (value.length === 0)
        return {
          pairs,
          error: { at, message: `missing key/value separator "=" in URI query parameter: "${name}"` },
        };
      if (!KEYWORDS.has(keyword))
        return { pairs, error: { at, message: `invalid URI query parameter: "${name}"` } };
      add(keyword, value.join("="));
    }
  } catch {
    return { pairs, error: { at: 0, message: "invalid connection URI" } };
  }
  return { pairs, error: null };
}
