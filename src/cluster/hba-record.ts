import { type Ip, parseIp, prefixMask } from "../access/address.ts";
import type { Version } from "../catalog/version.ts";
import { type AuthToken, isKeyword } from "../syntax/auth-tokens.ts";
import { regexSyntax } from "../syntax/postgres-regex.ts";
import { strtol } from "../values/c-numbers.ts";
import type { AuthRecord } from "./auth-files.ts";
import type { HbaAddress, HbaFacts, HbaLine, HbaType } from "./hba.ts";
import { readOptions } from "./hba-options.ts";
import type { AnyHbaProblem, HbaKind } from "./hba-problems.ts";

/** Why a record is refused, at which token. */
export interface Refused {
  readonly kind: HbaKind;
  readonly message: string;
  readonly hint?: string;
  readonly token?: AuthToken;
  /** The view's text, where it is not the message; null where it shows none. */
  readonly shown?: string | null;
}

export const refused = (kind: HbaKind, message: string, token?: AuthToken, hint?: string): Refused => ({
  kind,
  message,
  ...(token && { token }),
  ...(hint !== undefined && { hint }),
});

const isRefused = (result: object): result is Refused => "message" in result;

interface ParsedRecord {
  readonly line?: HbaLine;
  readonly problems: readonly AnyHbaProblem[];
}

/** parse_hba_line(): from left to right; the first thing that is wrong ends the record. */
export function parseHbaRecord(record: AuthRecord, facts: HbaFacts): ParsedRecord {
  const notes: Refused[] = [];
  const result = parse(record, facts, notes);
  const problems = notes.map((note) => problemOf(record, note, "ignored"));
  if (!isRefused(result)) return { line: result, problems };
  return { problems: [...problems, problemOf(record, result, "refuses")] };
}

function problemOf(
  record: AuthRecord,
  { kind, message, hint, token, shown }: Refused,
  effect: "refuses" | "ignored",
): AnyHbaProblem {
  return {
    kind,
    place: token?.place ?? record.place,
    server: {
      effect: kind === "hba/cannot-match" ? "warns" : effect,
      when: "read",
      message,
      ...(hint !== undefined && { hint }),
    },
    record,
    token: token ?? null,
    shown: shown === undefined ? message : shown,
  };
}

function parse(record: AuthRecord, facts: HbaFacts, notes: Refused[]): HbaLine | Refused {
  const fields = [...record.fields];
  const { version } = facts;
  const one = (field: readonly AuthToken[] | undefined, what: string, hint: string): AuthToken | Refused => {
    const [token, second] = field ?? [];
    if (token && second) return refused("hba/list", `multiple values specified for ${what}`, second, hint);
    return token ?? refused("hba/missing-field", `end-of-line before ${what}`);
  };

  const typeToken = one(fields.shift(), "connection type", "Specify exactly one connection type per line.");
  if (isRefused(typeToken)) return typeToken;
  const type = typeToken.text;
  if (!isType(type, version))
    return refused("hba/unknown-type", `invalid connection type "${type}"`, typeToken);
  const unusable = cannotMatch(type, typeToken, facts);
  if (unusable) notes.push(unusable);

  const databases = fields.shift();
  if (!databases) return refused("hba/missing-field", "end-of-line before database specification");
  const users = badRegex(databases, version) ?? fields.shift();
  if (!users) return refused("hba/missing-field", "end-of-line before role specification");
  if (isRefused(users)) return users;
  const badUser = badRegex(users, version);
  if (badUser) return badUser;

  const address = type === "local" ? null : parseAddress(fields, one);
  if (address && isRefused(address)) return address;

  const methodField = fields.shift();
  if (!methodField) return refused("hba/missing-field", "end-of-line before authentication method");
  const methodToken = one(
    methodField,
    "authentication type",
    "Specify exactly one authentication type per line.",
  );
  if (isRefused(methodToken)) return methodToken;
  const method = parseMethod(methodToken, type, facts);
  if (isRefused(method)) return method;

  const options = readOptions(fields, { type, method: method.name, facts, methodToken, notes });
  if (isRefused(options)) return options;
  return { record, type, typeToken, databases, users, address, method: method.name, methodToken, ...options };
}

const TYPES: ReadonlySet<string> = new Set<HbaType>(["local", "host", "hostssl", "hostnossl"]);
const GSS_TYPES: ReadonlySet<string> = new Set<HbaType>(["hostgssenc", "hostnogssenc"]);

const isType = (text: string, { major }: Version): text is HbaType =>
  TYPES.has(text) || (major >= 12 && GSS_TYPES.has(text));

/** Read and kept, but with ssl off no connection is encrypted, so that the record never matches. */
function cannotMatch(type: HbaType, token: AuthToken, { ssl, version }: HbaFacts): Refused | undefined {
  if (type !== "hostssl" || ssl) return undefined;
  const hint =
    version.major >= 17 ? 'Set "ssl = on" in postgresql.conf.' : "Set ssl = on in postgresql.conf.";
  return refused("hba/cannot-match", "hostssl record cannot match because SSL is disabled", token, hint);
}

/** From 16 on a name that starts with a slash is a regular expression, quoted or not. */
function badRegex(tokens: readonly AuthToken[], { major }: Version): Refused | undefined {
  if (major < 16) return undefined;
  for (const token of tokens) {
    if (!token.text.startsWith("/")) continue;
    const syntax = regexSyntax(token.text.slice(1));
    if ("error" in syntax)
      return refused(
        "hba/regex",
        `invalid regular expression "${token.text.slice(1)}": ${syntax.error}`,
        token,
      );
  }
  return undefined;
}

type One = (field: readonly AuthToken[] | undefined, what: string, hint: string) => AuthToken | Refused;

function parseAddress(fields: (readonly AuthToken[])[], one: One): HbaAddress | Refused {
  const field = fields.shift();
  if (!field) return refused("hba/missing-field", "end-of-line before IP address specification");
  const token = one(field, "host address", "Specify one address range per line.");
  if (isRefused(token)) return token;
  for (const kind of ["all", "samehost", "samenet"] as const)
    if (isKeyword(token, kind)) return { kind, token };

  const slash = token.text.indexOf("/");
  const ip = parseIp(slash === -1 ? token.text : token.text.slice(0, slash));
  if (!ip) {
    if (slash === -1) return { kind: "name", name: token.text, token };
    return refused(
      "hba/address",
      `specifying both host name and CIDR mask is invalid: "${token.text}"`,
      token,
    );
  }
  if (slash === -1) return parseMask(ip, token, fields, one);
  const rest = token.text.slice(slash + 1);
  const bits = strtol(rest, 10);
  if (
    rest === "" ||
    bits.end !== rest.length ||
    bits.end === 0 ||
    bits.value < 0 ||
    bits.value > 8 * ip.length
  )
    return refused("hba/address", `invalid CIDR mask in address "${token.text}"`, token);
  return { kind: "network", ip, mask: prefixMask(bits.value, ip.length), token, maskToken: null };
}

/** The mask in a field of its own; any bits will do. */
function parseMask(
  ip: Ip,
  token: AuthToken,
  fields: (readonly AuthToken[])[],
  one: One,
): HbaAddress | Refused {
  const field = fields.shift();
  if (!field)
    return refused(
      "hba/missing-field",
      "end-of-line before netmask specification",
      token,
      "Specify an address range in CIDR notation, or provide a separate netmask.",
    );
  const maskToken = one(field, "netmask", "Specify one netmask per line.");
  if (isRefused(maskToken)) return maskToken;
  const mask = parseIp(maskToken.text);
  if (!mask)
    return refused("hba/mask", `invalid IP mask "${maskToken.text}": Name or service not known`, maskToken);
  if (mask.length !== ip.length) return refused("hba/mask", "IP address and mask do not match", maskToken);
  return { kind: "network", ip, mask, token, maskToken };
}

const METHODS = "trust reject scram-sha-256 md5 password gss ident peer pam ldap radius cert".split(" ");

/** The methods of a usual build on Linux. */
export const methodsIn = ({ major }: Version): readonly string[] => (major >= 18 ? METHODS_18 : METHODS);
const METHODS_18 = [...METHODS, "oauth"];

/** Methods that hba.c knows, for other platforms. */
const ELSEWHERE = ["sspi", "bsd"];

function parseMethod(
  token: AuthToken,
  type: HbaType,
  { version, userNamespace }: HbaFacts,
): { name: string } | Refused {
  const { text } = token;
  if (ELSEWHERE.includes(text))
    return refused(
      "hba/unknown-method",
      `invalid authentication method "${text}": not supported by this build`,
      token,
    );
  if (!methodsIn(version).includes(text))
    return refused("hba/unknown-method", `invalid authentication method "${text}"`, token);
  if (text === "md5" && version.major <= 16 && userNamespace)
    return refused(
      "hba/method-and-type",
      'MD5 authentication is not supported when "db_user_namespace" is enabled',
      token,
    );
  const name = type === "local" && text === "ident" ? "peer" : text;
  const clash = (message: string) => refused("hba/method-and-type", message, token);
  if (type === "local" && name === "gss")
    return clash("gssapi authentication is not supported on local sockets");
  if (type !== "local" && name === "peer")
    return clash("peer authentication is only supported on local sockets");
  if (type !== "hostssl" && name === "cert")
    return clash("cert authentication is only supported on hostssl connections");
  return { name };
}
